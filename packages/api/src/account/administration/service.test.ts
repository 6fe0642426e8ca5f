import { type Auth, createAuth } from "@parley/auth";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { register, signIn } from "../service";
import { createSessionStore } from "../sessions/store";
import { createAccountStore } from "../store";
import { findUsersInput } from "./schema";
import { findUsers, keepAdministrator } from "./service";
import { createAdministrationStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let auth: Auth;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  const { pool, changes } = database;
  auth = createAuth({
    pool,
    changes,
    secret: "a secret of this test alone, long enough",
    issuer: "https://api.example.test",
    audience: "parley",
  });
  await auth.start();
});
afterAll(async () => {
  auth.close();
  await database.close();
  await fresh.close();
});

const deps = () => ({
  auth,
  accounts: createAccountStore(database),
  sessions: createSessionStore(database),
  administration: createAdministrationStore(database),
  clock: () => new Date(),
});
const password = "correct horse battery";

async function versionOf(email: string): Promise<number | undefined> {
  const { rows } = await database.pool.query<{ version: number }>("SELECT version FROM users WHERE email = $1", [
    email,
  ]);
  return rows[0]?.version;
}

describe("the administrator of the settings", () => {
  test("is made once, by however many processes start together, and then kept", async () => {
    const email = "boss@example.test";
    await Promise.all(
      Array.from({ length: 8 }, () => keepAdministrator(deps(), { email: "Boss@Example.test", password })),
    );
    const { user } = await signIn(deps(), null, { email, password });
    expect(user).toMatchObject({ email, role: "admin", emailVerified: true });
    const version = await versionOf(email);
    await keepAdministrator(deps(), { email, password });
    expect(await versionOf(email)).toBe(version);
    const { rows } = await database.pool.query("SELECT 1 FROM sessions WHERE user_id = $1 AND ended_at IS NULL", [
      user.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  test("gets the password of the settings where it differs, and whoever was signed in is not any more", async () => {
    const email = "changed@example.test";
    await keepAdministrator(deps(), { email, password: "the first password" });
    const before = await signIn(deps(), null, { email, password: "the first password" });
    await Promise.all(Array.from({ length: 8 }, () => keepAdministrator(deps(), { email, password })));
    expect(await auth.authenticate(`Bearer ${before.accessToken}`)).toEqual({ kind: "invalid" });
    await expect(signIn(deps(), null, { email, password: "the first password" })).rejects.toThrow();
    await expect(signIn(deps(), null, { email, password })).resolves.toMatchObject({ user: { role: "admin" } });
  });

  test("is not whoever registered the address first", async () => {
    const email = "claimed@example.test";
    const squatter = await register(deps(), null, { email, password: "the squatter's own" });
    await keepAdministrator(deps(), { email, password });
    expect(await auth.authenticate(`Bearer ${squatter.accessToken}`)).toEqual({ kind: "invalid" });
    await expect(signIn(deps(), null, { email, password: "the squatter's own" })).rejects.toThrow();
    await expect(signIn(deps(), null, { email, password })).resolves.toMatchObject({ user: { role: "admin" } });
  });

  test("may have been a host who is online, or an account that was deleted", async () => {
    const host = await createUser(database.pool, { role: "host", isAvailable: true });
    const gone = await createUser(database.pool);
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.id]);
    for (const { email } of [host, gone]) {
      await keepAdministrator(deps(), { email, password });
      await expect(signIn(deps(), null, { email, password })).resolves.toMatchObject({ user: { role: "admin" } });
    }
  });

  test("needs an address and a password that anyone could have", async () => {
    await expect(keepAdministrator(deps(), { email: "nobody", password })).rejects.toThrow("e-mail address");
    await expect(keepAdministrator(deps(), { email: "short@example.test", password: "short" })).rejects.toThrow(
      "at least 8",
    );
  });
});

describe("finding people", () => {
  const find = (input: object) => findUsers(deps(), findUsersInput.parse(input));

  test("looks for a literal part of address, name or username, in any case, and leaves out deleted accounts", async () => {
    const odd = await createUser(database.pool, { email: "needle-1@example.test", displayName: "100%_Ödd\\Name" });
    const host = await createUser(database.pool, { role: "host", username: "needle-host", email: "nh@example.test" });
    const gone = await createUser(database.pool, { email: "needle-gone@example.test" });
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.id]);
    const idsOf = async (q: string) => (await find({ q })).items.map(({ id }) => id);
    expect(await idsOf(" NEEDLE ")).toEqual([host.id, odd.id]);
    expect(await idsOf("100%_öDD\\n")).toEqual([odd.id]);
    expect(await idsOf("needle%1")).toEqual([]);
    expect(await idsOf("nh@EXAMPLE")).toEqual([host.id]);
    expect((await find({ q: "needle-host" })).items).toEqual([
      {
        id: host.id,
        email: "nh@example.test",
        displayName: "Jane Smith",
        username: "needle-host",
        role: "host",
        emailVerified: true,
        isAgeVerified: true,
        bannedAt: null,
        banReason: null,
        createdAt: expect.stringMatching(/Z$/),
      },
    ]);
  });

  test("counts all and pages through them without loss or repetition", async () => {
    for (let i = 0; i < 5; i++) await createUser(database.pool, { displayName: "Paged Person" });
    const pages = await Promise.all([1, 2, 3, 4].map((page) => find({ q: "paged person", page, perPage: 2 })));
    expect(pages.map(({ items, page, total }) => [items.length, page, total])).toEqual([
      [2, 1, 5],
      [2, 2, 5],
      [1, 3, 5],
      [0, 4, 5],
    ]);
    expect(new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(5);
    expect((await find({})).total).toBeGreaterThan(5);
  });
});
