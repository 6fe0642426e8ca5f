import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Auth, createAuth } from "@parley/auth";
import { type Database, openDatabase } from "@parley/db";
import { createMailer, type Mailer } from "@parley/mail";
import * as mailTemplates from "@parley/mail/templates";
import { freshDatabase } from "@parley/testing";
import { mailsTo, tokenIn } from "@parley/testing/outbox";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEmailTokenStore } from "../email-tokens/store";
import { createEmailVerificationStore } from "../email-verification/store";
import { accountJobs } from "../jobs";
import { register, signIn } from "../service";
import { createSessionStore } from "../sessions/store";
import { createAccountStore } from "../store";
import { changePassword, confirmPasswordReset, requestPasswordReset } from "./service";
import { createPasswordStore } from "./store";

const hourMs = 60 * 60 * 1000;
const oldPassword = "correct horse battery";
const newPassword = "staple of another kind";

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
  outbox = await mkdtemp(path.join(tmpdir(), "parley-password-"));
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
async function newPerson() {
  people += 1;
  const email = `person-${people}@example.test`;
  const { user, accessToken } = await register(deps(), null, { email, password: oldPassword });
  const authentication = await auth.authenticate(`Bearer ${accessToken}`);
  if (authentication.kind !== "authenticated") throw new Error("the access token is refused");
  await runJobs();
  return { email, user, actor: authentication.actor };
}

/** What a person may enter in order to sign in. */
const opens = (email: string, password: string) =>
  signIn(deps(), null, { email, password }).then(
    () => true,
    (error: { code: string }) => {
      expect(error.code).toBe("invalid_credentials");
      return false;
    },
  );

async function resetToken(email: string): Promise<string> {
  await requestPasswordReset(deps(), { email });
  await runJobs();
  // The notice of an earlier change may be under way too, and arrive before or after the link.
  const links = (await mailsTo(outbox, email)).filter((mail) => mail.includes("/reset-password?token="));
  return tokenIn(links.at(-1));
}

async function liveSessions(userId: string): Promise<string[]> {
  const query = "SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL";
  const { rows } = await database.pool.query<{ id: string }>(query, [userId]);
  return rows.map((row) => row.id);
}

const isRefused = (attempt: Promise<unknown>) =>
  expect(attempt).rejects.toMatchObject({
    code: "validation_error",
    details: { token: "is not valid any more; ask for a new mail" },
  });

describe("resetting", () => {
  test("a mailed link sets the password, ends every session, and its owner is told", async () => {
    const { email, user } = await newPerson();
    await signIn(deps(), null, { email, password: oldPassword });
    const token = await resetToken(email);
    expect((await mailsTo(outbox, email)).at(-1)).toContain(
      `https://parley.example.test/reset-password?token=${token}`,
    );
    expect(await liveSessions(user.id)).toHaveLength(2);
    await confirmPasswordReset(deps(), { token, password: newPassword });
    expect(await liveSessions(user.id)).toEqual([]);
    expect(await opens(email, oldPassword)).toBe(false);
    expect((await signIn(deps(), null, { email, password: newPassword })).user).toEqual(user);
    const before = await mailsTo(outbox, email);
    await runJobs();
    const [told] = (await mailsTo(outbox, email)).slice(before.length);
    expect(told).toContain("https://parley.example.test/forgot-password");
  });

  test("an address without an account is answered like any, by the same write, and sent nothing", async () => {
    const { email } = await newPerson();
    const jobs = async (address: string) => {
      const { rows } = await database.pool.query<{ task_identifier: string }>(
        "SELECT task_identifier FROM graphile_worker.jobs WHERE key = $1",
        [`account.sendPasswordResetMail:${address}`],
      );
      return rows;
    };
    for (const address of [email, "nobody@example.test"]) {
      expect(await requestPasswordReset(deps(), { email: address })).toBeUndefined();
      expect(await jobs(address)).toEqual([{ task_identifier: "account.sendPasswordResetMail" }]);
    }
    await runJobs();
    expect(await mailsTo(outbox, "nobody@example.test")).toEqual([]);
    expect(await mailsTo(outbox, email)).toHaveLength(2);
  });

  test("a link works once, for an hour, and only until another set the password", async () => {
    const { email } = await newPerson();
    const first = await resetToken(email);
    const second = await resetToken(email);
    await confirmPasswordReset(deps(), { token: first, password: newPassword });
    await isRefused(confirmPasswordReset(deps(), { token: first, password: oldPassword }));
    await isRefused(confirmPasswordReset(deps(), { token: second, password: oldPassword }));
    const late = await resetToken(email);
    now = new Date(now.getTime() + hourMs);
    await isRefused(confirmPasswordReset(deps(), { token: late, password: oldPassword }));
    expect(await opens(email, newPassword)).toBe(true);
  });

  test("of ten at once with two links, one sets the password", async () => {
    const { email } = await newPerson();
    const tokens = [await resetToken(email), await resetToken(email)];
    const passwords = Array.from({ length: 10 }, (_, i) => `password number ${i}`);
    const settled = await Promise.allSettled(
      passwords.map((password, i) => confirmPasswordReset(deps(), { token: tokens[i % 2] ?? "", password })),
    );
    const isDone = settled.map((result) => result.status === "fulfilled");
    expect(isDone.filter(Boolean)).toHaveLength(1);
    const opened = await Promise.all(passwords.map((password) => opens(email, password)));
    expect(opened).toEqual(isDone);
  });

  test("a link is refused when it is unknown, verifies an address, or its account changed address or has gone", async () => {
    await isRefused(confirmPasswordReset(deps(), { token: "et_unknown", password: newPassword }));
    await isRefused(confirmPasswordReset(deps(), { token: "nul\0 and \ud83d", password: newPassword }));
    const { email, user } = await newPerson();
    const verification = tokenIn((await mailsTo(outbox, email)).at(-1));
    await isRefused(confirmPasswordReset(deps(), { token: verification, password: newPassword }));
    const token = await resetToken(email);
    await database.pool.query("UPDATE users SET email = 'moved@example.test' WHERE id = $1", [user.id]);
    await isRefused(confirmPasswordReset(deps(), { token, password: newPassword }));
    await database.pool.query("UPDATE users SET email = $2, deleted_at = now() WHERE id = $1", [user.id, email]);
    await isRefused(confirmPasswordReset(deps(), { token, password: newPassword }));
  });

  test("proves no address: whoever resets an unproven one still has to", async () => {
    const { email } = await newPerson();
    await confirmPasswordReset(deps(), { token: await resetToken(email), password: newPassword });
    const { user } = await signIn(deps(), null, { email, password: newPassword });
    expect(user).toMatchObject({ role: "user", emailVerified: false });
  });
});

describe("changing", () => {
  test("needs the present password, ends the other sessions, kills reset links, and its owner is told", async () => {
    const { email, user, actor } = await newPerson();
    await signIn(deps(), null, { email, password: oldPassword });
    const token = await resetToken(email);
    await changePassword(deps(), actor, { currentPassword: oldPassword, newPassword });
    expect(await liveSessions(user.id)).toEqual([actor.sessionId]);
    expect(await opens(email, oldPassword)).toBe(false);
    expect(await opens(email, newPassword)).toBe(true);
    await isRefused(confirmPasswordReset(deps(), { token, password: oldPassword }));
    const before = await mailsTo(outbox, email);
    await runJobs();
    expect((await mailsTo(outbox, email)).length).toBe(before.length + 1);
  });

  test("a wrong present password changes nothing", async () => {
    const { email, user, actor } = await newPerson();
    await signIn(deps(), null, { email, password: oldPassword });
    for (const currentPassword of ["", "wrong", "nul\0", `${oldPassword} `]) {
      await expect(changePassword(deps(), actor, { currentPassword, newPassword })).rejects.toMatchObject({
        code: "validation_error",
        details: { currentPassword: "is wrong" },
      });
    }
    expect(await liveSessions(user.id)).toHaveLength(2);
    expect(await opens(email, oldPassword)).toBe(true);
  });

  test("of ten at once, one succeeds", async () => {
    const { email, actor } = await newPerson();
    const passwords = Array.from({ length: 10 }, (_, i) => `password number ${i}`);
    const settled = await Promise.allSettled(
      passwords.map((password) =>
        changePassword(deps(), actor, { currentPassword: oldPassword, newPassword: password }),
      ),
    );
    const isDone = settled.map((result) => result.status === "fulfilled");
    expect(isDone.filter(Boolean)).toHaveLength(1);
    expect(await Promise.all(passwords.map((password) => opens(email, password)))).toEqual(isDone);
  });

  test("is refused to an account that has gone", async () => {
    const { user, actor } = await newPerson();
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [user.id]);
    const change = changePassword(deps(), actor, { currentPassword: oldPassword, newPassword });
    await expect(change).rejects.toMatchObject({ code: "unauthorized" });
  });
});
