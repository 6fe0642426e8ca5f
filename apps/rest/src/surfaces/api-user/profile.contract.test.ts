import path from "node:path";
import { mailsTo } from "@parley/testing/outbox";
import { describe, expect, it } from "vitest";
import { apiTokenOf } from "../../testing/api-token";
import { time, usersIn, uuid } from "../../testing/api-user-answers";
import { call as bareCall } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import surface from "./surface";

/** Document 004: the user, the change of their address, and the end of their account. */

const paths = [/^\/api\/user$/, "/api/user/update", "/api/user/change-email", "/api/user/delete"];
const contract = contractOf(surface, paths);
const { call, person, sql } = contract;
const user = usersIn(contract);
const update = (status: number, token: string | undefined, json: object) =>
  call(status, "PATCH /api/user/update", { token, json });
const beOlder = ({ sessionId }: { sessionId: string }) =>
  sql("UPDATE sessions SET created_at = now() - interval '1 hour' WHERE id = $1", [sessionId]);

describe("GET /api/user", () => {
  it("shows exactly what the document does", async () => {
    const ann = await person({ displayName: "Ann", username: "ann-of-004", bio: "Listens", isEmailVerified: true });
    expect(await user(ann.token)).toEqual({
      ...{ id: uuid, username: "ann-of-004", email: ann.email, displayName: "Ann", bio: "Listens", avatarUrl: null },
      ...{ emailVerified: true, customerStatus: "free", defaultVisibility: "public", createdAt: time },
    });
  });

  it("says what is not known as null, and which customer somebody is while their plan lasts", async () => {
    const [ann, admin] = [await person(), await person({ role: "admin" })];
    expect(await user(ann.token)).toMatchObject({ username: null, bio: null, avatarUrl: null, emailVerified: false });
    const plan = { plan_name: "Premium", term_months: 1, max_devices: 10 };
    const route = `PUT /api/v1/admin/users/${ann.id}/subscription`;
    await bareCall(contract.test.app, route, { token: admin.token, json: plan });
    expect(await user(ann.token)).toMatchObject({ customerStatus: "subscriber:monthly" });
    await sql("UPDATE subscriptions SET expires_at = now() WHERE user_id = $1", [ann.id]);
    expect(await user(ann.token)).toMatchObject({ customerStatus: "free" });
  });

  it("answers a personal API token, as in the document, and the web app", async () => {
    const ann = await person();
    const { token } = await apiTokenOf(contract.test.deps, ann.id, { scopes: ["profile:read"] });
    expect(token).toMatch(/^il_tok_/);
    const { json } = await call(200, "GET /api/user", { token });
    expect(json).toEqual(await user(ann.token));
    expect((await call(200, "GET /api/user", { cookie: ann.cookie })).json).toEqual(json);
    await update(403, token, { bio: "Not with this one" });
  });

  it("answers 401 in the documented shape", async () => {
    for (const token of [undefined, "garbage"]) {
      expect((await call(401, "GET /api/user", { token })).json).toEqual({ error: expect.any(String) });
    }
  });
});

describe("PATCH /api/user/update", () => {
  it("takes the document's example, and answers the updated user", async () => {
    const ann = await person();
    const example = { displayName: "New Display Name", bio: "Updated bio text.", defaultVisibility: "private" };
    const { json } = await update(200, ann.token, example);
    expect(json).toMatchObject(example);
    expect(json).toEqual(await user(ann.token));
  });

  it("keeps preferences, which the user is not shown with", async () => {
    const ann = await person();
    const preferences = {
      ...{ theme: "dark", maxMessageLength: 10_000, messagesPerPage: 30, notificationTrayLimit: 10 },
      ...{ viewingPreference: "followers_only", isPrivateAccount: true, latitude: -90, longitude: 180 },
    };
    const { json } = await update(200, ann.token, { ...preferences, defaultPubliclyVisible: false });
    expect(json).not.toHaveProperty("theme");
    const { rows } = await sql(
      `SELECT theme, max_message_length, messages_per_page, notification_tray_limit, viewing_preference,
         is_private_account, latitude, longitude, default_visibility FROM preferences WHERE user_id = $1`,
      [ann.id],
    );
    expect(rows.map((row) => Object.values(row))).toEqual([[...Object.values(preferences), "private"]]);
    expect((await update(200, ann.token, { defaultPubliclyVisible: true })).json).toMatchObject({
      defaultVisibility: "public",
    });
  });

  it("takes back what it answered, and changes what may be changed alone", async () => {
    const ann = await person({ displayName: "Ann", bio: "Listens" });
    const before = await user(ann.token);
    const forged = {
      email: "other@example.test",
      emailVerified: true,
      customerStatus: "subscriber:monthly",
      role: "admin",
    };
    expect((await update(200, ann.token, { ...(before as object), ...forged })).json).toEqual(before);
    expect((await update(200, ann.token, { bio: null })).json).toMatchObject({ displayName: "Ann", bio: null });
  });

  it.each<[string, unknown, string | RegExp]>([
    ["displayName", "", "displayName must not be empty"],
    ["displayName", null, "displayName must be a string"],
    ["bio", "x".repeat(501), "bio must be at most 500 characters"],
    ["theme", "pink", "theme must be one of system, light, dark"],
    ["maxMessageLength", 10_001, "maxMessageLength must be at most 10000"],
    ["messagesPerPage", 9, "messagesPerPage must be at least 10"],
    ["notificationTrayLimit", 41, "notificationTrayLimit must be at most 40"],
    ["defaultVisibility", "secret", "defaultVisibility must be one of public, private"],
    ["defaultPubliclyVisible", "yes", "defaultPubliclyVisible must be a boolean"],
    ["viewingPreference", "all", /^viewingPreference must be one of my_messages, all_messages, /],
    ["isPrivateAccount", 1, "isPrivateAccount must be a boolean"],
    ["latitude", 91, "latitude must be at most 90"],
    ["longitude", -181, "longitude must be at least -180"],
  ])("answers 400 naming %s for %j, and changes nothing", async (field, value, error) => {
    const ann = await person();
    const before = await user(ann.token);
    const { json } = await update(400, ann.token, { bio: "Changed", [field]: value });
    expect(json).toEqual({ error: typeof error === "string" ? error : expect.stringMatching(error) });
    expect(await user(ann.token)).toEqual(before);
  });

  it("answers 400 naming every fault, and for two names of one choice that say different things", async () => {
    const { token } = await person();
    const { json } = await update(400, token, { displayName: "", latitude: 91 });
    expect(json).toEqual({ error: "displayName must not be empty; latitude must be at most 90" });
    const contradiction = { defaultVisibility: "public", defaultPubliclyVisible: false };
    expect((await update(400, token, contradiction)).json).toEqual({
      error: "defaultPubliclyVisible must not contradict defaultVisibility",
    });
    await update(200, token, { defaultVisibility: "private", defaultPubliclyVisible: false });
  });

  it("answers 401 without a token", async () => {
    await update(401, undefined, {});
  });
});

describe("POST /api/user/change-email/request", () => {
  const request = (status: number, token: string | undefined, json: object) =>
    call(status, "POST /api/user/change-email/request", { token, json });

  it("mails a link to the new address, and one to undo it to the old; nothing changes before", async () => {
    const ann = await person({ isEmailVerified: true });
    const newEmail = `new.${ann.email}`;
    expect((await request(200, ann.token, { newEmail: newEmail.toUpperCase() })).json).toEqual({ success: true });
    await contract.test.runJobs();
    const outbox = path.join(contract.test.dataDir, "outbox");
    const mails = await Promise.all([newEmail, ann.email].map((address) => mailsTo(outbox, address)));
    expect(mails.map((sent) => sent.length)).toEqual([1, 1]);
    expect(mails[0]?.[0]).toContain("http://localhost:3000/change-email?token=");
    expect(mails[1]?.[0]).toContain("http://localhost:3000/keep-email?token=");
    expect(await user(ann.token)).toMatchObject({ email: ann.email, emailVerified: true });
  });

  it("takes a personal API token where the password comes with it", async () => {
    const ann = await person();
    const { auth } = contract.test.deps;
    const password = "correct horse battery";
    await sql("UPDATE users SET password_hash = $2 WHERE id = $1", [ann.id, await auth.passwords.hash(password)]);
    const { token } = await apiTokenOf(contract.test.deps, ann.id, { scopes: ["account:write"] });
    const newEmail = `new.${ann.email}`;
    await request(403, token, { newEmail });
    expect((await request(400, token, { newEmail, password: "a guess" })).json).toEqual({ error: "password is wrong" });
    await request(200, token, { newEmail, password });
  });

  it("answers 400 to what is no address, or the one that they have", async () => {
    const ann = await person();
    for (const [newEmail, error] of [
      ["nonsense", "newEmail must be a valid e-mail address"],
      [undefined, "newEmail is required"],
      [ann.email.toUpperCase(), "newEmail is the address you have"],
    ]) {
      expect((await request(400, ann.token, { newEmail })).json).toEqual({ error });
    }
  });

  it("answers 409 to the address of another, 403 where the sign-in is not fresh, and 401 without a token", async () => {
    const [ann, bob] = [await person(), await person()];
    expect((await request(409, ann.token, { newEmail: bob.email })).json).toEqual({ error: "newEmail is in use" });
    await beOlder(ann);
    expect((await request(403, ann.token, { newEmail: `new.${ann.email}` })).json).toEqual({
      error: "Give your password, or sign in again, to do this",
    });
    await request(401, undefined, {});
  });
});

describe("POST /api/user/delete", () => {
  const remove = (status: number, cookie: string | undefined, json: object) =>
    call(status, "POST /api/user/delete", { cookie, json });

  it("deletes everything at once, for whoever repeats the account's name and address", async () => {
    const ann = await person({ username: "ann-who-leaves" });
    const json = { username: "Ann-Who-Leaves", email: ann.email };
    expect((await remove(200, ann.cookie, json)).json).toEqual({ success: true });
    const { rowCount } = await sql("SELECT FROM users WHERE id = $1", [ann.id]);
    expect(rowCount).toBe(0);
    await expect
      .poll(async () => (await bareCall(contract.test.app, "GET /api/user", { token: ann.token })).status)
      .toBe(401);
  });

  it("answers 400 to whoever names another account, 403 where the sign-in is not fresh, and 401 to nobody", async () => {
    const ann = await person({ username: "ann-who-stays" });
    const [username, email] = ["ann-who-stays", ann.email];
    for (const [json, error] of [
      [{ username, email: "other@example.test" }, "email is not that of this account"],
      [{ username: "bob", email }, "username is not that of this account"],
      [{ email }, "username is not that of this account"],
      [{ username }, "email is required"],
    ] as const) {
      expect((await remove(400, ann.cookie, json)).json).toEqual({ error });
    }
    await beOlder(ann);
    await remove(403, ann.cookie, { username, email });
    await remove(401, undefined, {});
    expect(await user(ann.token)).toMatchObject({ username });
  });

  it("answers 409 to the last administrator", async () => {
    await sql("UPDATE users SET role = 'user' WHERE role = 'admin'", []);
    const admin = await person({ role: "admin" });
    const { json } = await remove(409, admin.cookie, { email: admin.email });
    expect(json).toEqual({ error: "The last administrator cannot be deleted" });
  });
});
