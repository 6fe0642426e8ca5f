import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Auth, createAuth } from "@parley/auth";
import { type Database, openDatabase } from "@parley/db";
import { createMailer, type Mailer } from "@parley/mail";
import * as mailTemplates from "@parley/mail/templates";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { mailsTo, tokenIn } from "@parley/testing/outbox";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createEmailTokenStore } from "../email-tokens/store";
import { accountJobs } from "../jobs";
import { createPasswordStore } from "../password/store";
import { register } from "../service";
import { createSessionStore } from "../sessions/store";
import { createAccountStore } from "../store";
import { getVerificationLink, resendVerification, sendVerificationMail, verifyEmail } from "./service";
import { createEmailVerificationStore } from "./store";

const hourMs = 60 * 60 * 1000;

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let auth: Auth;
let outbox: string;
let mailer: Mailer;
let now: Date;

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
  outbox = await mkdtemp(path.join(tmpdir(), "parley-verification-"));
  mailer = createMailer({ outboxDirectory: outbox, from: "Parley <hello@example.test>" });
});
afterAll(async () => {
  await mailer.close();
  auth.close();
  await database.close();
  await fresh.close();
  await rm(outbox, { recursive: true });
});
beforeEach(() => {
  now = new Date();
});

const deps = () => ({
  auth,
  accounts: createAccountStore(database),
  sessions: createSessionStore(database),
  passwords: createPasswordStore(database),
  emailTokens: createEmailTokenStore(database),
  emailVerifications: createEmailVerificationStore(database),
  mailer,
  mailTemplates,
  webLink: (pathname: string, query: Record<string, string> = {}) =>
    `https://parley.example.test${pathname}?${new URLSearchParams(query)}`,
  clock: () => now,
});
const runJobs = () => runDueJobs(database.pool, accountJobs(deps()));

let people = 0;
async function registered() {
  people += 1;
  const email = `person-${people}@example.test`;
  const { user } = await register(deps(), null, { email, password: "correct horse", displayName: "Jane Smith" });
  await runJobs();
  return { user, actor: actorFor(user), email, token: tokenIn((await mailsTo(outbox, email)).at(-1)) };
}

const isRefused = (attempt: Promise<unknown>) =>
  expect(attempt).rejects.toMatchObject({
    code: "validation_error",
    details: { token: "is not valid any more; ask for a new mail" },
  });

test("registering sends a link; its token proves the address and lifts the role", async () => {
  const { user, email, token } = await registered();
  const [mail] = await mailsTo(outbox, email);
  expect(mail).toContain(`https://parley.example.test/verify-email?token=${token}`);
  expect(mail).toContain("Jane Smith");
  const { rows } = await database.pool.query("SELECT token_hash FROM email_tokens WHERE user_id = $1", [user.id]);
  expect(rows).toEqual([{ token_hash: Buffer.from(auth.opaqueTokens.hash(token)) }]);
  expect(await verifyEmail(deps(), { token })).toEqual({
    user: { ...user, role: "verified_user", emailVerified: true },
  });
});

test("a link that is opened again says that the address is proven, also 20 times at once", async () => {
  const { token } = await registered();
  const answers = await Promise.all(Array.from({ length: 20 }, () => verifyEmail(deps(), { token })));
  expect(new Set(answers.map(({ user }) => `${user.role} ${user.emailVerified}`))).toEqual(
    new Set(["verified_user true"]),
  );
  expect(await verifyEmail(deps(), { token })).toEqual(answers[0]);
});

test("a link is known to be another's by whoever else has it", async () => {
  const [ann, bob] = [await registered(), await registered()];
  const isAnothers = async (token: string) => (await getVerificationLink(deps(), bob.actor, { token })).isAnothers;
  expect(await isAnothers(ann.token)).toBe(true);
  expect(await isAnothers(bob.token)).toBe(false);
  expect(await isAnothers("et_unknown")).toBe(false);
});

test("a role that is given meanwhile is not lowered", async () => {
  const { user, token } = await registered();
  const other = await database.pool.connect();
  try {
    await other.query("BEGIN");
    await other.query("UPDATE users SET role = 'admin' WHERE id = $1", [user.id]);
    const verification = verifyEmail(deps(), { token });
    await vi.waitFor(
      async () => {
        const waiting =
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        expect((await database.pool.query(waiting)).rowCount).toBe(1);
      },
      { timeout: 10_000 },
    );
    await other.query("COMMIT");
    expect((await verification).user).toMatchObject({ role: "admin", emailVerified: true });
  } finally {
    other.release();
  }
});

describe("a token proves nothing", () => {
  test("when it is unknown, or no text that could be one", async () => {
    await isRefused(verifyEmail(deps(), { token: "et_unknown" }));
    await isRefused(verifyEmail(deps(), { token: "nul\0 and \ud83d" }));
  });

  test("after 24 hours", async () => {
    const { token } = await registered();
    now = new Date(now.getTime() + 24 * hourMs);
    await isRefused(verifyEmail(deps(), { token }));
  });

  test("of an address that the account no longer has", async () => {
    const { user, token } = await registered();
    await database.pool.query("UPDATE users SET email = 'moved@example.test' WHERE id = $1", [user.id]);
    await isRefused(verifyEmail(deps(), { token }));
  });

  test("twice: an address that is unproven again needs a new one", async () => {
    const { user, token } = await registered();
    await verifyEmail(deps(), { token });
    await database.pool.query("UPDATE users SET email_verified_at = NULL WHERE id = $1", [user.id]);
    await isRefused(verifyEmail(deps(), { token }));
  });

  test("for an account that has gone", async () => {
    const { user, token } = await registered();
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [user.id]);
    await isRefused(verifyEmail(deps(), { token }));
  });

  test("when it was made to reset a password", async () => {
    const { email } = await registered();
    await deps().passwords.requestReset(email);
    await runJobs();
    await isRefused(verifyEmail(deps(), { token: tokenIn((await mailsTo(outbox, email)).at(-1)) }));
  });
});

describe("asking for another mail", () => {
  test("sends another link; both work", async () => {
    const { actor, email, token } = await registered();
    await resendVerification(deps(), actor);
    await runJobs();
    const mails = await mailsTo(outbox, email);
    expect(mails).toHaveLength(2);
    expect(tokenIn(mails[1])).not.toBe(token);
    const { user } = await verifyEmail(deps(), { token: tokenIn(mails[1]) });
    expect(await verifyEmail(deps(), { token })).toEqual({ user });
  });

  test("often sends one while none has gone out, and at most five an hour", async () => {
    const { actor, email } = await registered();
    for (let i = 0; i < 10; i++) await resendVerification(deps(), actor);
    await runJobs();
    expect(await mailsTo(outbox, email)).toHaveLength(2);
    for (let i = 0; i < 6; i++) {
      await resendVerification(deps(), actor);
      await runJobs();
    }
    expect(await mailsTo(outbox, email)).toHaveLength(5);
    now = new Date(now.getTime() + hourMs);
    await resendVerification(deps(), actor);
    await runJobs();
    expect(await mailsTo(outbox, email)).toHaveLength(6);
  });

  test("sends nothing where the address is proven or the account gone", async () => {
    const verified = await createUser(database.pool, { role: "verified_user" });
    const gone = await createUser(database.pool);
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.id]);
    for (const user of [verified, gone]) {
      await resendVerification(deps(), actorFor(user));
      await sendVerificationMail(deps(), { userId: user.id });
    }
    await runJobs();
    expect(await mailsTo(outbox, verified.email)).toEqual([]);
    expect(await mailsTo(outbox, gone.email)).toEqual([]);
  });
});

test("a mail that could not be sent leaves no token behind and does not count as one", async () => {
  const user = await createUser(database.pool);
  const broken = { ...deps(), mailer: { send: () => Promise.reject(new Error("the server hung up")) } };
  for (let i = 0; i < 6; i++) {
    await expect(sendVerificationMail(broken, { userId: user.id })).rejects.toThrow("the server hung up");
  }
  await sendVerificationMail(deps(), { userId: user.id });
  expect(await mailsTo(outbox, user.email)).toHaveLength(1);
  const { rowCount } = await database.pool.query("SELECT 1 FROM email_tokens WHERE user_id = $1", [user.id]);
  expect(rowCount).toBe(1);
});

test("expired tokens are deleted", async () => {
  const { user } = await registered();
  const tokens = async () =>
    (await database.pool.query("SELECT 1 FROM email_tokens WHERE user_id = $1", [user.id])).rowCount;
  now = new Date(now.getTime() + 23 * hourMs);
  await accountJobs(deps())["account.deleteExpired"]();
  expect(await tokens()).toBe(1);
  now = new Date(now.getTime() + hourMs);
  await accountJobs(deps())["account.deleteExpired"]();
  expect(await tokens()).toBe(0);
});
