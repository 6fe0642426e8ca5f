import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { mailsTo, tokenIn } from "@parley/testing/outbox";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { cancelEmailChange, confirmEmailChange, getEmailChange, requestEmailChange, undoEmailChange } from "./service";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let opened: Dependencies;
let dataDir: string;
let now: Date;
let count = 0;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

beforeAll(async () => {
  fresh = await freshDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "parley-email-change-"));
  opened = await openDependencies({
    ...{ dataDir, databaseUrl: fresh.url, apiUrl: "http://localhost:4000", webUrl: "http://localhost:3000" },
    ...{ assetsUrl: "http://localhost:4000/objects", mailFrom: "Parley <hello@example.test>" },
    ...{ areLimitsOn: false, log: silent },
  });
});
afterAll(async () => {
  await opened.close();
  await fresh.close();
  await rm(dataDir, { recursive: true });
});
beforeEach(() => {
  now = new Date();
});

const deps = () => ({ ...opened, clock: () => now });
const sql = (text: string, values: unknown[] = []) => opened.database.pool.query(text, values);
const runJobs = () => runDueJobs(opened.database.pool, createTasks(deps()));
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 60 * 60 * 1000);

async function person(facts: UserFacts = {}, signedInMinutesAgo = 0) {
  const user = await createUser(opened.database.pool, facts);
  const { rows } = await sql(
    `INSERT INTO sessions (id, user_id, created_at, expires_at)
     VALUES (uuidv7(), $1, now() - make_interval(mins => $2), now() + interval '30 days') RETURNING id`,
    [user.id, signedInMinutesAgo],
  );
  return { ...user, actor: { ...actorFor(user), sessionId: rows[0].id as string } };
}
type Person = Awaited<ReturnType<typeof person>>;
const accountOf = async ({ id }: Person) =>
  (await sql("SELECT email, role, email_verified_at IS NOT NULL AS is_verified FROM users WHERE id = $1", [id]))
    .rows[0];
const isSignedIn = async ({ actor }: Person) => (await opened.auth.resume(actor.sessionId)) !== null;
const isInvalid = (attempt: Promise<unknown>) =>
  expect(attempt).rejects.toMatchObject({ details: { token: "is not valid any more" } });

/** Asks for a change and reads both mails. */
async function requested(ann: Person) {
  count += 1;
  const newEmail = `new-${count}@example.test`;
  await requestEmailChange(deps(), ann.actor, { newEmail });
  await runJobs();
  const newest = async (address: string) => tokenIn((await mailsTo(path.join(dataDir, "outbox"), address)).at(-1));
  return { newEmail, confirm: await newest(newEmail), undo: await newest(ann.email) };
}

describe("a change of address", () => {
  test("waits for the new address to be proven, and changes nothing until then", async () => {
    const ann = await person({ isEmailVerified: true });
    const { newEmail, confirm } = await requested(ann);
    expect(await accountOf(ann)).toMatchObject({ email: ann.email, is_verified: true });
    expect(await getEmailChange(deps(), ann.actor)).toEqual({ newEmail, expiresAt: hoursLater(24).toISOString() });
    expect(await confirmEmailChange(deps(), { token: confirm })).toEqual({ email: newEmail });
    expect(await accountOf(ann)).toEqual({ email: newEmail, role: "verified_user", is_verified: true });
    expect(await getEmailChange(deps(), ann.actor)).toEqual({ newEmail: null, expiresAt: null });
    await isInvalid(confirmEmailChange(deps(), { token: confirm }));
    expect(await isSignedIn(ann)).toBe(true);
  });

  test("proves the new address alone: an account that was never proven is, afterwards", async () => {
    const ann = await person();
    const { confirm } = await requested(ann);
    await confirmEmailChange(deps(), { token: confirm });
    expect(await accountOf(ann)).toMatchObject({ role: "verified_user", is_verified: true });
  });

  test("is one at a time: a later request kills the link of the one before", async () => {
    const ann = await person();
    const first = await requested(ann);
    const second = await requested(ann);
    await isInvalid(confirmEmailChange(deps(), { token: first.confirm }));
    expect(await confirmEmailChange(deps(), { token: second.confirm })).toEqual({ email: second.newEmail });
  });

  test("is over after 24 hours, and once it is given up", async () => {
    const ann = await person();
    const { confirm } = await requested(ann);
    const before = now;
    now = hoursLater(24);
    await isInvalid(confirmEmailChange(deps(), { token: confirm }));
    now = before;
    const again = await requested(ann);
    await cancelEmailChange(deps(), ann.actor);
    await isInvalid(confirmEmailChange(deps(), { token: again.confirm }));
    expect(await accountOf(ann)).toMatchObject({ email: ann.email });
  });

  test("asks who asks, and refuses what cannot be", async () => {
    const [ann, bob] = [await person({}, 11), await person()];
    const ask = (input: { newEmail: string; password?: string }) => requestEmailChange(deps(), ann.actor, input);
    await expect(ask({ newEmail: "x@example.test" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask({ newEmail: "x@example.test", password: "no" })).rejects.toMatchObject({
      details: { password: "is wrong" },
    });
    await sql("UPDATE sessions SET created_at = now() WHERE id = $1", [ann.actor.sessionId]);
    await expect(ask({ newEmail: ann.email })).rejects.toMatchObject({
      details: { newEmail: "is the address you have" },
    });
    await expect(ask({ newEmail: bob.email })).rejects.toMatchObject({
      code: "conflict",
      details: { newEmail: "is in use" },
    });
  });

  test("is refused where somebody took the address meanwhile", async () => {
    const ann = await person();
    const { newEmail, confirm } = await requested(ann);
    await person({ email: newEmail });
    await expect(confirmEmailChange(deps(), { token: confirm })).rejects.toMatchObject({ code: "conflict" });
    expect(await accountOf(ann)).toMatchObject({ email: ann.email });
  });
});

describe("the link in the mail to the old address", () => {
  test("stops a change that waits, and signs everybody out", async () => {
    const ann = await person();
    const { confirm, undo } = await requested(ann);
    expect(await undoEmailChange(deps(), { token: undo })).toEqual({ email: ann.email });
    await isInvalid(confirmEmailChange(deps(), { token: confirm }));
    await expect.poll(() => isSignedIn(ann)).toBe(false);
    await isInvalid(undoEmailChange(deps(), { token: undo }));
  });

  test("brings the old address back after the change", async () => {
    const ann = await person();
    const { confirm, undo } = await requested(ann);
    await confirmEmailChange(deps(), { token: confirm });
    await undoEmailChange(deps(), { token: undo });
    expect(await accountOf(ann)).toMatchObject({ email: ann.email, is_verified: true });
    await expect.poll(() => isSignedIn(ann)).toBe(false);
  });

  test("cannot where the old address has become another's, and after 24 hours", async () => {
    const [ann, eve] = [await person(), await person()];
    const first = await requested(ann);
    await confirmEmailChange(deps(), { token: first.confirm });
    await person({ email: ann.email });
    await expect(undoEmailChange(deps(), { token: first.undo })).rejects.toMatchObject({ code: "conflict" });
    const { undo } = await requested(eve);
    now = hoursLater(24);
    await isInvalid(undoEmailChange(deps(), { token: undo }));
  });

  test("and the one to the new, opened at once: one of both counts last, and none is lost", async () => {
    const ann = await person();
    const { newEmail, confirm, undo } = await requested(ann);
    await Promise.allSettled([
      confirmEmailChange(deps(), { token: confirm }),
      undoEmailChange(deps(), { token: undo }),
    ]);
    const { email } = await accountOf(ann);
    expect(email).toBe(ann.email);
    expect(email).not.toBe(newEmail);
  });
});
