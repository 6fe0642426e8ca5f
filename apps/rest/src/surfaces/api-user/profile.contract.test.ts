import path from "node:path";
import { mailsTo } from "@parley/testing/outbox";
import { describe, expect, it } from "vitest";
import { apiTokenOf } from "../../testing/api-token";
import { at, call as bareCall, type FormPart, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { pngOf } from "../../testing/picture";
import { outsideAlone, usePictureServer } from "../../testing/picture-server";
import surface from "./surface";

/** Document 004: the user, their avatar, the change of their address, and the end of their account. */

const pictures = usePictureServer();
const paths = [/^\/api\/user$/, "/api/user/update", "/api/user/avatar", "/api/user/change-email", "/api/user/delete"];
const contract = contractOf(surface, paths, { remoteFetch: outsideAlone() });
const { call, person } = contract;
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const avatar = /^http:\/\/localhost:4000\/objects\/avatars\/.+\.jpg$/;
const user = async (token: string) => (await call(200, "GET /api/user", { token })).json;
const update = (status: number, token: string | undefined, json: object) =>
  call(status, "PATCH /api/user/update", { token, json });
const query = (sql: string, values: unknown[]) => contract.test.deps.database.pool.query(sql, values);
const beOlder = ({ sessionId }: { sessionId: string }) =>
  query("UPDATE sessions SET created_at = now() - interval '1 hour' WHERE id = $1", [sessionId]);

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
    await query("UPDATE subscriptions SET expires_at = now() WHERE user_id = $1", [ann.id]);
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
    const { rows } = await query(
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

describe("POST /api/user/avatar/upload", () => {
  const upload = (status: number, token: string | undefined, form: FormPart[]) =>
    call(status, "POST /api/user/avatar/upload", { token, form });
  const file = (bytes: Uint8Array): FormPart[] => [{ name: "file", fileName: "me.png", type: "image/png", bytes }];

  it("answers the address of the picture, which the user is shown with", async () => {
    const { token } = await person();
    const { json } = await upload(200, token, file(pngOf([1, 2, 3])));
    expect(json).toEqual({ url: expect.stringMatching(avatar) });
    expect(await user(token)).toMatchObject({ avatarUrl: at(json, "url") });
    const shown = await bareCall(contract.test.app, `GET ${new URL(textAt(json, "url")).pathname}`);
    expect([shown.status, shown.contentType]).toEqual([200, "image/jpeg"]);
  });

  it.each<[string, FormPart[], RegExp]>([
    ["no file", [], /^file is required$/],
    ["text in its place", [{ name: "file", value: "me.png" }], /^file must be a file$/],
    ["what only claims to be a picture", file(Buffer.from("<svg/>")), /^file must be a JPEG, PNG, WebP or GIF image/],
    ["more than 5 MB", file(Buffer.alloc(5 * 1024 * 1024 + 1)), /^file must be at most 5 MB$/],
  ])("answers 400 to %s, and the old picture stays", async (_, form, error) => {
    const { token } = await person();
    await upload(200, token, file(pngOf([1, 2, 3])));
    const before = await user(token);
    expect((await upload(400, token, form)).json).toEqual({ error: expect.stringMatching(error) });
    expect(await user(token)).toEqual(before);
  });

  it("answers 401 without a token", async () => {
    await upload(401, undefined, file(pngOf([1, 2, 3])));
  });
});

describe("POST /api/user/avatar/from-url", () => {
  const fetchFrom = (status: number, token: string | undefined, url?: string | null) =>
    call(status, "POST /api/user/avatar/from-url", { token, json: { url } });

  it("keeps a copy of the picture, and answers its address", async () => {
    const { token } = await person();
    const { json } = await fetchFrom(200, token, pictures.pictureOf([10, 20, 30]));
    expect(json).toEqual({ url: expect.stringMatching(avatar) });
    expect(await user(token)).toMatchObject({ avatarUrl: at(json, "url") });
  });

  // Every one is an address of our own network, or leads to one.
  const inwards = [
    ...["http://127.0.0.2/", "http://10.0.0.1/me.png", "http://192.168.1.1/", "http://172.16.0.1/"],
    ...["http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/", "http://0.0.0.0/", "http://224.0.0.1/"],
    ...["http://[::1]/", "http://[::ffff:127.0.0.2]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::7f00:2]/"],
    ...["http://[fd00:ec2::254]/", "http://[fe80::1]/", "http://[2002:7f00:2::1]/"],
    ...["http://2130706434/", "http://0x7f000002/", "http://0177.0.0.2/", "http://127.2/", "http://0x7f.0.0.0x2/"],
  ];
  it.each(inwards)("answers 400 to %s, which is not of the internet", async (url) => {
    const { token } = await person();
    const { json } = await fetchFrom(400, token, url);
    expect(json).toEqual({ error: "url must lead to a public address of the internet" });
  });

  it("answers 400 to a name of our own network, also one that was another's a moment ago", async () => {
    const { token } = await person();
    const error = "url must lead to a public address of the internet";
    expect((await fetchFrom(400, token, "http://inside.test/me.png")).json).toEqual({ error });
    expect((await fetchFrom(400, token, pictures.at("/again", "rebinding.test"))).json).toEqual({ error });
    await fetchFrom(200, token, pictures.pictureOf([1, 2, 3]));
  });

  it.each([
    [undefined, "url is required"],
    ["", "url must not be empty"],
    ["me.png", "url must be an http or https address"],
    ["file:///etc/passwd", "url must be an http or https address"],
    ["ftp://example.test/me.png", "url must be an http or https address"],
    ["data:image/png;base64,AAAA", "url must be an http or https address"],
    ["https://ann:secret@example.test/me.png", "url must not hold a user name or password"],
    [null, "url must be a string"],
  ])("answers 400 to %j, which is no address to read", async (url, error) => {
    const { token } = await person();
    expect((await fetchFrom(400, token, url)).json).toEqual({ error });
  });

  it.each([
    ["/inwards", "url must lead to a public address of the internet"],
    ["/loop", "url leads on too many times"],
    ["/huge", "url answers with more than can be taken"],
    ["/page", "url must be a JPEG, PNG, WebP or GIF image"],
    ["/gone", "url answered with status 404 instead of a picture"],
    ["/endless", "url took too long to answer"],
  ])("answers 400 where %s is what answers, and the old picture stays", { timeout: 60_000 }, async (page, error) => {
    const { token } = await person();
    await fetchFrom(200, token, pictures.pictureOf([10, 20, 30]));
    const before = await user(token);
    expect((await fetchFrom(400, token, pictures.at(page))).json).toEqual({ error });
    expect(await user(token)).toEqual(before);
  });

  it("answers 401 without a token", async () => {
    await fetchFrom(401, undefined, pictures.pictureOf([10, 20, 30]));
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
    await query("UPDATE users SET password_hash = $2 WHERE id = $1", [ann.id, await auth.passwords.hash(password)]);
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
    const { rowCount } = await query("SELECT FROM users WHERE id = $1", [ann.id]);
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
    await query("UPDATE users SET role = 'user' WHERE role = 'admin'", []);
    const admin = await person({ role: "admin" });
    const { json } = await remove(409, admin.cookie, { email: admin.email });
    expect(json).toEqual({ error: "The last administrator cannot be deleted" });
  });
});
