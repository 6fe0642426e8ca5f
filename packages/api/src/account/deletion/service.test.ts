import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { rowsNaming } from "@parley/testing/traces";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { getPerson, updatePerson } from "../../profile/person/service";
import { createTasks } from "../../worker";
import { deleteNow, purgePerson, requestDeletion, restoreAccount } from "./service";

let product: Product<Dependencies>;
let now: Date;
const password = "correct horse battery";

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());
beforeEach(() => {
  now = new Date();
});

const deps = () => ({ ...product.deps, clock: () => now });
const sql = (text: string, values: unknown[] = []) => product.sql(text, values);
const runJobs = () => product.runJobs(() => now);
const later = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
const person = (facts = {}, signedInMinutesAgo = 0) => product.person(facts, { signedInMinutesAgo, password });
const isSignedIn = (one: SignedIn) => product.isSignedIn(one);
const close = ({ actor }: SignedIn, input = {}) => requestDeletion(deps(), actor, input);

describe("closing an account", () => {
  test("ends sessions and hides the person at once, and names the day when all goes", async () => {
    const ann = await person({ role: "host", username: "ann-closes" });
    const { purgeAt } = await close(ann);
    expect(purgeAt).toBe(later(14).toISOString());
    await expect.poll(() => isSignedIn(ann)).toBe(false);
    expect(await product.deps.profiles.findHostByUsername("ann-closes")).toBeNull();
    await expect(getPerson(deps(), ann.actor)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("asks for the password where the sign-in is not fresh", async () => {
    const ann = await person({}, 11);
    await expect(close(ann)).rejects.toMatchObject({ code: "forbidden" });
    await expect(close(ann, { password: "another" })).rejects.toMatchObject({ details: { password: "is wrong" } });
    expect(await isSignedIn(ann)).toBe(true);
    await close(ann, { password });
    await expect.poll(() => isSignedIn(ann)).toBe(false);
  });

  test("cancels what is still ahead, on either side", async () => {
    const [host, caller] = [await person({ role: "host" }), await person()];
    const { rows } = await sql(
      `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents)
       VALUES (uuidv7(), $1, $2, 'confirmed', now() + interval '1 day', now() + interval '25 hours', 100, 6000)
       RETURNING id`,
      [host.id, caller.id],
    );
    await close(caller);
    await runJobs();
    const { rows: after } = await sql("SELECT status, ended_by, reason FROM bookings WHERE id = $1", [rows[0].id]);
    expect(after).toEqual([{ status: "cancelled", ended_by: "caller", reason: "This account was closed" }]);
  });

  test("is for two administrators at once possible for one", async () => {
    await sql("UPDATE users SET role = 'user' WHERE role = 'admin'");
    const [one, other] = [await person({ role: "admin" }), await person({ role: "admin" })];
    const settled = await Promise.allSettled([close(one), close(other)]);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [last] = (await isSignedInAfter(one)) ? [one] : [other];
    await expect(close(last)).rejects.toMatchObject({ code: "conflict" });
    await sql("UPDATE users SET role = 'user' WHERE role = 'admin'");
  });

  test("is not undone by an update that comes with it", async () => {
    const ann = await person();
    await Promise.allSettled([
      close(ann),
      ...Array.from({ length: 10 }, (_, i) => updatePerson(deps(), ann.actor, { displayName: `Ann ${i}` })),
    ]);
    const { rows } = await sql("SELECT deleted_at IS NOT NULL AS is_deleted FROM users WHERE id = $1", [ann.id]);
    expect(rows).toEqual([{ is_deleted: true }]);
  });
});

async function isSignedInAfter(one: SignedIn): Promise<boolean> {
  const { rows } = await sql("SELECT deleted_at FROM users WHERE id = $1", [one.id]);
  return rows[0].deleted_at === null;
}

describe("the link in the mail", () => {
  test("brings the account back, once, with a new sign-in", async () => {
    const ann = await person({ role: "host", username: "ann-returns" });
    await close(ann);
    await runJobs();
    const token = await product.newestToken(ann.email);
    now = later(13);
    await restoreAccount(deps(), { token });
    expect((await product.deps.profiles.findHostByUsername("ann-returns"))?.username).toBe("ann-returns");
    expect(await isSignedIn(ann)).toBe(false);
    await expect(restoreAccount(deps(), { token })).rejects.toMatchObject({
      details: { token: "is not valid any more" },
    });
    now = later(5);
    await purgePerson(deps(), { userId: ann.id });
    expect(await product.deps.profiles.findHostByUsername("ann-returns")).not.toBeNull();
  });

  test("is worth nothing once two weeks are over, and others never are", async () => {
    const ann = await person();
    await close(ann);
    await runJobs();
    const token = await product.newestToken(ann.email);
    now = later(14);
    for (const refused of [token, "et_nobodys"]) {
      await expect(restoreAccount(deps(), { token: refused })).rejects.toMatchObject({ code: "validation_error" });
    }
  });
});

describe("deleting at once", () => {
  test("needs the account's own names", async () => {
    const ann = await person({ username: "ann-names" });
    const attempt = (input: { email: string; username: string | null }) => deleteNow(deps(), ann.actor, input);
    await expect(attempt({ email: "x@example.test", username: "ann-names" })).rejects.toMatchObject({
      details: { email: "is not that of this account" },
    });
    await expect(attempt({ email: ann.email, username: null })).rejects.toMatchObject({
      details: { username: "is not that of this account" },
    });
    expect(await isSignedIn(ann)).toBe(true);
  });

  test("tells those with whom there was still a booking, and names nobody", async () => {
    const [ann, host] = [await person(), await person({ role: "host" })];
    await sql("UPDATE users SET display_name = 'Annabel' WHERE id = $1", [ann.id]);
    const insert = `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, note, rate_cents, price_cents)
      VALUES (uuidv7(), $1, $2, $3::booking_status, now() + $4::interval, now() + $4::interval + interval '1 hour', 'Of Annabel', 1, 60)`;
    await sql(insert, [host.id, ann.id, "requested", "1 day"]);
    await sql(insert, [host.id, ann.id, "confirmed", "2 days"]);
    await sql(insert, [host.id, ann.id, "completed", "-2 days"]);
    await deleteNow(deps(), ann.actor, { email: ann.email, username: null });
    await runJobs();
    const { rows } = await sql(
      "SELECT type, title, data ? 'bookingId' AS leads FROM notifications WHERE user_id = $1",
      [host.id],
    );
    const told = "Your conversation was cancelled: the other side deleted their account";
    expect(rows).toEqual(Array(2).fill({ type: "booking_cancelled", title: told, leads: false }));
    const mails = await product.mails(host.email);
    expect(mails).toHaveLength(2);
    for (const mail of mails) {
      expect(mail).toContain("Your conversation was cancelled");
      expect(mail).not.toContain("Annabel");
    }
  });

  test("leaves nothing of a person: no row of any table, and no object", async () => {
    const [ann, bob] = [await person({ role: "host", username: "ann-leaves" }), await person({ role: "host" })];
    await fillEveryTable(ann, bob);
    const put = (key: string) => product.deps.objects.put(key, Buffer.from("bytes"), { contentType: "image/jpeg" });
    await put(`avatars/${ann.id}/one.jpg`);
    await put(`avatars/${bob.id}/one.jpg`);
    await put(`documents/${ann.id}`);
    const before = await rowsNaming(product.sql, [ann.id, ann.email, "ann-leaves"]);
    expect([...before.keys()].sort()).toEqual(await personalTables());

    await deleteNow(deps(), ann.actor, { email: ann.email, username: "ann-leaves" });
    await runJobs();

    expect([...(await rowsNaming(product.sql, [ann.id, ann.email, "ann-leaves"])).entries()]).toEqual([]);
    expect(await product.deps.objects.exists(`avatars/${ann.id}/one.jpg`)).toBe(false);
    expect(await product.deps.objects.exists(`documents/${ann.id}`)).toBe(false);
    expect(await product.deps.objects.exists(`avatars/${bob.id}/one.jpg`)).toBe(true);
    expect((await getPerson(deps(), bob.actor)).id).toBe(bob.id);
    // Nobody else belonged to it.
    expect((await sql("SELECT 1 FROM organizations WHERE name = 'Ours'")).rows).toEqual([]);
  });
});

/** Tables that hold nothing of anybody. */
const impersonal = ["_prisma_migrations", "organizations", "signing_keys"];
/** Tables whose rows name a person through another row alone. */
const indirect = ["refresh_tokens", "weekly_slots", "date_overrides", "override_slots", "booking_notices"];

async function personalTables(): Promise<string[]> {
  const { rows } = await sql(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const apart = new Set([...impersonal, ...indirect]);
  return rows
    .map(({ name }) => name as string)
    .filter((name) => !apart.has(name))
    .sort();
}

async function fillEveryTable(ann: SignedIn, bob: SignedIn): Promise<void> {
  const id = "uuidv7()";
  const soon = "now() + interval '1 day', now() + interval '25 hours'";
  const statements = [
    `UPDATE users SET avatar_key = 'avatars/${ann.id}/one.jpg' WHERE id = $1`,
    `INSERT INTO refresh_tokens (id, session_id, token_hash, expires_at) SELECT ${id}, id, '\\x01', now() FROM sessions WHERE user_id = $1`,
    `INSERT INTO email_tokens (id, user_id, purpose, email, token_hash, expires_at) VALUES (${id}, $1, 'verify_email', 'a@b.test', '\\x02', now())`,
    `INSERT INTO email_changes (user_id, new_email, expires_at) VALUES ($1, 'new@b.test', now())`,
    `INSERT INTO former_usernames (username, user_id) VALUES ('ann-before', $1)`,
    `INSERT INTO age_verifications (id, user_id, birth_date, document_key, document_type) VALUES (${id}, $1, '1990-01-01', 'documents/${ann.id}', 'application/pdf')`,
    `INSERT INTO schedules (id, user_id) VALUES (${id}, $1)`,
    `INSERT INTO weekly_slots SELECT id, 1, 540, 600 FROM schedules WHERE user_id = $1`,
    `INSERT INTO date_overrides SELECT id, '2026-12-24' FROM schedules WHERE user_id = $1`,
    `INSERT INTO override_slots SELECT id, '2026-12-24', 540, 600 FROM schedules WHERE user_id = $1`,
    `INSERT INTO booking_rules VALUES ($1, '{30}', 15, 0, 0, 60, 60, NULL, false)`,
    `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents) VALUES (${id}, $1, '${bob.id}', 'confirmed', ${soon}, 100, 6000)`,
    `INSERT INTO holds (id, host_id, starts_at, ends_at, expires_at) VALUES (${id}, $1, ${soon}, now())`,
    `INSERT INTO reserved_times (id, user_id, during, booking_id) SELECT ${id}, $1, tstzrange(starts_at, ends_at), id FROM bookings WHERE host_id = $1`,
    `INSERT INTO calendar_feeds (user_id, party, token_hash, sealed_token) VALUES ($1, 'host', '\\x03', '\\x03')`,
    `INSERT INTO external_calendars (id, user_id, name, sealed_url, url_hash) VALUES (${id}, $1, 'Work', '\\x04', '\\x04')`,
    `INSERT INTO external_busy_times (id, calendar_id, user_id, during) SELECT ${id}, id, $1, tstzrange(${soon}) FROM external_calendars WHERE user_id = $1`,
    `INSERT INTO notifications (id, user_id, type, title, body, cause) VALUES (${id}, $1, 'follow_new', 'Bob', '', 'follow:b')`,
    `INSERT INTO notifications (id, user_id, type, title, body, cause) VALUES (${id}, '${bob.id}', 'follow_new', 'Ann', '', 'follow:' || $1::uuid)`,
    `INSERT INTO follows (follower_id, followed_id) VALUES ($1, '${bob.id}')`,
    `INSERT INTO devices (id, user_id, token, platform) VALUES (${id}, $1, 'a device of ' || $1::uuid, 'ios')`,
    `INSERT INTO idempotency_records (scope, key, fingerprint, expires_at) VALUES ('user:' || $1::uuid || ' POST /v1/x', 'k', '\\x05', now())`,
    `INSERT INTO personal_details (user_id, city) VALUES ($1, 'Kassel')`,
    `INSERT INTO preferences (user_id) VALUES ($1)`,
    `INSERT INTO subscriptions (id, user_id, plan_name, max_devices, expires_at) VALUES (${id}, $1, 'Solo', 1, now() + interval '1 day')`,
    `INSERT INTO api_tokens (id, user_id, name, token_hash, hint, scopes) VALUES (${id}, $1, 'Script', '\\x06', 'abcd', '{}')`,
    `INSERT INTO identities (id, user_id, provider, subject, provider_username) VALUES (${id}, $1, 'github', '1', 'ann')`,
    `INSERT INTO messages (id, author_id, content, visibility) VALUES (${id}, $1, 'Hello', 'public')`,
    `WITH o AS (INSERT INTO organizations (id, name) VALUES (${id}, 'Ours') RETURNING id) INSERT INTO memberships SELECT id, $1, 'member' FROM o`,
    `INSERT INTO organization_invitations (id, organization_id, email, role, token_hash, expires_at) SELECT ${id}, id, (SELECT email FROM users WHERE id = $1), 'member', '\\x07', now() FROM organizations LIMIT 1`,
    `INSERT INTO organization_invitations (id, organization_id, email, role, expires_at, accepted_at, accepted_by_id) SELECT ${id}, id, 'ann-before@b.test', 'member', now(), now(), $1 FROM organizations LIMIT 1`,
  ];
  for (const statement of statements) await sql(statement, [ann.id]);
}
