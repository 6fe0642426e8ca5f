import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { searchHosts } from "../../directory/search/service";
import { listNotifications } from "../../notifications/service";
import { createTasks } from "../../worker";
import { findUsersInput } from "../administration/schema";
import { findUsers, keepAdministrator } from "../administration/service";
import { createApiToken } from "../api-tokens/service";
import { requestDeletion, restoreAccount } from "../deletion/service";
import { signIn } from "../service";
import { ban, unban } from "./service";

let product: Product<Dependencies>;
let admin: SignedIn;
const password = "correct horse battery";
const reason = "You sold places that do not exist.";

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
  admin = await person({ role: "admin" });
});
afterAll(() => product.close());

const deps = () => product.deps;
const person = (facts = {}) => product.person(facts, { password });
const isSignedIn = (one: SignedIn) => product.isSignedIn(one);
const banned = (one: SignedIn, by = admin) => ban(deps(), by.actor, { userId: one.id, reason });
const opened = (one: SignedIn) => unban(deps(), { userId: one.id });
const enter = (one: SignedIn, attempt = password) => signIn(deps(), null, { email: one.email, password: attempt });
const listed = async (q: string) => (await findUsers(deps(), findUsersInput.parse({ q }))).items;

describe("a ban", () => {
  test("ends sessions and API tokens, and refuses a sign-in in plain words, but only with the right password", async () => {
    const ann = await person();
    const { token } = await createApiToken(deps(), ann.actor, { name: "Script", scopes: ["profile:read"], password });
    const kindOf = async () => (await deps().auth.authenticate(`Bearer ${token}`)).kind;
    expect(await kindOf()).toBe("authenticated");
    await banned(ann);
    await expect.poll(() => isSignedIn(ann), { timeout: 10_000 }).toBe(false);
    await expect.poll(kindOf, { timeout: 10_000 }).toBe("invalid");
    await expect(enter(ann)).rejects.toMatchObject({
      code: "forbidden",
      message: `This account was banned by an administrator: ${reason}`,
    });
    await expect(enter(ann, "guessed")).rejects.toMatchObject({ code: "invalid_credentials" });
  });

  test("hides a host from page and directory, and takes them offline", async () => {
    const word = "bannedhost";
    const host = await person({ role: "host", username: word, displayName: word, isAvailable: true });
    const found = async () => (await searchHosts(deps(), { q: word, sort: "newest", page: 1, perPage: 20 })).total;
    expect(await found()).toBe(1);
    await banned(host);
    expect(await found()).toBe(0);
    expect(await deps().profiles.findHostByUsername(word)).toBeNull();
    await opened(host);
    expect(await found()).toBe(1);
    expect(await deps().profiles.findHostByUsername(word)).toMatchObject({ username: word, isAvailable: false });
  });

  test("cancels what is ahead, tells the other side of it, and the person of the ban with its reason", async () => {
    const [host, caller] = [await person({ role: "host" }), await person()];
    await product.sql(
      `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents)
       VALUES (uuidv7(), $1, $2, 'confirmed', now() + interval '1 day', now() + interval '25 hours', 100, 6000)`,
      [host.id, caller.id],
    );
    await banned(host);
    await product.runJobs();
    const { rows } = await product.sql("SELECT status, ended_by FROM bookings WHERE host_id = $1", [host.id]);
    expect(rows).toEqual([{ status: "cancelled", ended_by: "host" }]);
    const { items } = await listNotifications(deps(), caller.actor, { page: 1, perPage: 20 });
    expect(items.map(({ type }) => type)).toEqual(["booking_cancelled"]);
    expect(await product.mails(caller.email)).toEqual([expect.stringContaining("Your conversation was cancelled")]);
    expect(await product.mails(host.email)).toEqual([expect.stringContaining(reason)]);
  });

  test("is shown to administrators with its reason, until it is lifted, which is told by mail", async () => {
    const ann = await person();
    await banned(ann);
    expect(await listed(ann.email)).toMatchObject([{ bannedAt: expect.stringMatching(/Z$/), banReason: reason }]);
    await product.runJobs();
    await opened(ann);
    expect(await listed(ann.email)).toMatchObject([{ bannedAt: null, banReason: null }]);
    await product.runJobs();
    expect((await product.mails(ann.email)).at(-1)).toContain("Your account is open again");
    expect(await enter(ann)).toMatchObject({ user: { id: ann.id } });
    expect(await isSignedIn(ann)).toBe(false);
  });

  test("needs somebody who is there and not banned yet; lifting it, somebody who is", async () => {
    const [ann, gone] = [await person(), await person()];
    await requestDeletion(deps(), gone.actor, {});
    const unknown = { ...ann, id: "01890a5d-ac96-774b-bcce-b302099a8057" };
    for (const nobody of [gone, unknown]) {
      await expect(banned(nobody)).rejects.toMatchObject({ code: "not_found" });
      await expect(opened(nobody)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(opened(ann)).rejects.toMatchObject({ code: "conflict", message: "This person is not banned" });
    await banned(ann);
    await expect(banned(ann)).rejects.toMatchObject({ code: "conflict", message: "This person is banned" });
  });

  test("is not undone by the link that restores a closed account", async () => {
    const ann = await person();
    await requestDeletion(deps(), ann.actor, {});
    await product.runJobs();
    await product.sql("UPDATE users SET banned_at = now() WHERE id = $1", [ann.id]);
    await restoreAccount(deps(), { token: await product.newestToken(ann.email) });
    await expect(enter(ann)).rejects.toMatchObject({ code: "forbidden" });
    await opened(ann);
    expect(await enter(ann)).toMatchObject({ user: { id: ann.id } });
  });
});

describe("administrators", () => {
  test("cannot ban themselves", async () => {
    await expect(banned(admin)).rejects.toMatchObject({ code: "conflict" });
    expect(await isSignedIn(admin)).toBe(true);
  });

  test("who ban each other at once leave one", async () => {
    const { rows } = await product.sql("UPDATE users SET role = 'user' WHERE role = 'admin' RETURNING id");
    const [one, other] = [await person({ role: "admin" }), await person({ role: "admin" })];
    const settled = await Promise.allSettled([banned(one, other), banned(other, one)]);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(settled.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", message: "The last administrator cannot be banned" },
    });
    await product.sql("UPDATE users SET role = 'admin' WHERE id = ANY ($1)", [rows.map(({ id }) => id)]);
  });

  test("whom the settings name are let in again, banned or closed", async () => {
    const [ann, bob] = [await person({ role: "admin" }), await person()];
    await banned(ann);
    await requestDeletion(deps(), bob.actor, {});
    for (const { email } of [ann, bob]) {
      await keepAdministrator(deps(), { email, password });
      expect(await signIn(deps(), null, { email, password })).toMatchObject({ user: { role: "admin" } });
    }
  });
});
