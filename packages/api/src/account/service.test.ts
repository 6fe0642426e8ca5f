import { createHash } from "node:crypto";
import { type Auth, createAuth } from "@parley/auth";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DomainError } from "../errors";
import { register, signIn } from "./service";
import { createSessionStore } from "./sessions/store";
import { createAccountStore } from "./store";

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
  clock: () => new Date(),
});
const client = { address: "203.0.113.7", userAgent: "Mozilla/5.0" };
const password = "correct horse battery";

async function count(query: string, ...values: unknown[]): Promise<number> {
  return (await database.pool.query(query, values)).rowCount ?? 0;
}

async function refusal(attempt: Promise<unknown>): Promise<Pick<DomainError, "code" | "message" | "details">> {
  const { code, message, details } = await attempt.then(
    () => Promise.reject(new Error("it was not refused")),
    (error: DomainError) => error,
  );
  return { code, message, details };
}

describe("registering", () => {
  test("answers with the account and with tokens that work", async () => {
    const input = { email: "jane@example.test", password, displayName: "Jane Smith" };
    const answer = await register(deps(), client, input);
    expect(answer).toEqual({
      user: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        email: "jane@example.test",
        displayName: "Jane Smith",
        role: "user",
        emailVerified: false,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^rt_[\w-]{43}$/),
      expiresIn: 900,
    });
    expect(await auth.authenticate(`Bearer ${answer.accessToken}`)).toMatchObject({
      kind: "authenticated",
      actor: { userId: answer.user.id, role: "user" },
    });
  });

  test("keeps only hashes of the secrets, and where the session was opened", async () => {
    const { user, refreshToken } = await register(deps(), client, { email: "hashed@example.test", password });
    const { rows } = await database.pool.query(
      `SELECT u.password_hash, u.display_name, s.user_agent, s.ip, t.token_hash, s.expires_at - s.created_at AS life
       FROM users u JOIN sessions s ON s.user_id = u.id JOIN refresh_tokens t ON t.session_id = s.id WHERE u.id = $1`,
      [user.id],
    );
    expect(rows).toEqual([
      {
        password_hash: expect.stringMatching(/^\$argon2id\$/),
        display_name: "New member",
        user_agent: "Mozilla/5.0",
        ip: "203.0.113.7",
        token_hash: createHash("sha256").update(refreshToken).digest(),
        life: expect.objectContaining({ days: 30 }),
      },
    ]);
  });

  test("orders the verification mail without any secret in the queue", async () => {
    const { user } = await register(deps(), null, { email: "queue@example.test", password });
    const { rows } = await database.pool.query<{ payload: unknown }>(
      `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier = 'account.sendVerificationMail' AND j.payload->>'userId' = $1`,
      [user.id],
    );
    expect(rows).toEqual([{ payload: { userId: user.id } }]);
  });

  test("an address that is in use is refused, and its account stays as it was", async () => {
    const email = "first@example.test";
    const first = await register(deps(), client, { email, password, displayName: "First" });
    const refused = await refusal(register(deps(), client, { email, password: "another password" }));
    expect(refused).toMatchObject({ code: "conflict", details: { email: "is in use" } });
    expect((await signIn(deps(), client, { email, password })).user).toEqual(first.user);
    expect((await refusal(signIn(deps(), client, { email, password: "another password" }))).code).toBe(
      "invalid_credentials",
    );
  });

  test("of 20 at once with one address, one is made, whole", async () => {
    const email = "race@example.test";
    const attempts = Array.from({ length: 20 }, () => register(deps(), client, { email, password }));
    const settled = await Promise.allSettled(attempts);
    const outcomes = settled.map((result) => (result.status === "fulfilled" ? "made" : result.reason.code));
    expect(outcomes.sort()).toEqual([...Array(19).fill("conflict"), "made"]);
    const sessions = "SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1";
    expect(await count(sessions, email)).toBe(1);
  });
});

describe("signing in", () => {
  test("takes the address in any case and with spaces around it", async () => {
    const { user } = await register(deps(), client, { email: "any@example.test", password });
    const answer = await signIn(deps(), { address: "::1", userAgent: null }, { email: " Any@Example.TEST ", password });
    expect(answer).toMatchObject({ user, expiresIn: 900 });
    expect(await auth.authenticate(`Bearer ${answer.accessToken}`)).toMatchObject({ kind: "authenticated" });
    expect(await count("SELECT 1 FROM sessions WHERE user_id = $1", user.id)).toBe(2);
  });

  test("answers whatever is wrong alike, and always after one comparison of passwords", async () => {
    await register(deps(), client, { email: "known@example.test", password });
    await createUser(database.pool, { email: "passwordless@example.test" });
    const gone = await register(deps(), client, { email: "gone@example.test", password });
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.user.id]);

    let comparisons = 0;
    const verify: Auth["passwords"]["verify"] = (attempt, hash) => {
      comparisons += 1;
      return auth.passwords.verify(attempt, hash);
    };
    const counting = { ...deps(), auth: { ...auth, passwords: { ...auth.passwords, verify } } };
    const wrong = [
      { email: "known@example.test", password: "wrong" },
      { email: "known@example.test", password: `${password} ` },
      { email: "known@example.test", password: "" },
      { email: "unknown@example.test", password },
      { email: "passwordless@example.test", password },
      { email: "gone@example.test", password },
      { email: "", password },
      { email: "no address", password },
      { email: "nul\0@example.test", password: "nul\0" },
      { email: "\ud83d@example.test", password: "\ud83d" },
      { email: `${"long".repeat(1000)}@example.test`, password: "long".repeat(1000) },
    ];
    for (const input of wrong) {
      comparisons = 0;
      expect(await refusal(signIn(counting, client, input))).toEqual({
        code: "invalid_credentials",
        message: "The e-mail address or the password is wrong",
        details: null,
      });
      expect(comparisons).toBe(1);
    }
  });

  test("a password that changes while it is compared opens nothing", async () => {
    const { user } = await register(deps(), client, { email: "swift@example.test", password });
    const verify: Auth["passwords"]["verify"] = async (attempt, hash) => {
      const isRight = await auth.passwords.verify(attempt, hash);
      await database.pool.query("UPDATE users SET password_hash = 'another' WHERE id = $1", [user.id]);
      return isRight;
    };
    const overtaken = { ...deps(), auth: { ...auth, passwords: { ...auth.passwords, verify } } };
    const refused = await refusal(signIn(overtaken, client, { email: "swift@example.test", password }));
    expect(refused.code).toBe("invalid_credentials");
    expect(await count("SELECT 1 FROM sessions WHERE user_id = $1", user.id)).toBe(1);
  });
});
