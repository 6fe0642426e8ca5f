import { isDeadlock } from "@parley/db/errors";
import type { BookableFacts } from "@parley/testing/factories";
import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { rowsNaming } from "@parley/testing/traces";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { toFailure } from "../../failures";
import { createCaller } from "../../router";
import { createTasks } from "../../worker";

/** Whatever a person does while their account is being deleted: nothing of it stays, and nothing of it is a fault of ours. */

let product: Product<Dependencies>;
const now = new Date();
const rounds = 4;
/** For states that come at last, on whatever machine. */
const patience = { timeout: 20_000 };

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());

const deps = () => ({ ...product.deps, clock: () => now });
type Caller = ReturnType<typeof createCaller>;
const callerFor = ({ actor }: SignedIn): Caller =>
  createCaller({ actor, client: null, requestId: "race", deps: deps() });

/** A host whom all may book at any time of day. */
async function bookableHost(facts: BookableFacts = {}): Promise<SignedIn> {
  const host = await product.person({ role: "host", ...facts });
  await callerFor(host).schedule.saveWeekly({
    slots: [0, 1, 2, 3, 4, 5, 6].map((dayOfWeek) => ({ dayOfWeek, startMinute: 0, endMinute: 1440 })),
  });
  return host;
}

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function inTwoDaysAt(hour: number): string {
  const day = new Date(now.getTime() + 2 * 24 * 60 * 60 * 1000);
  day.setUTCHours(hour, 0, 0, 0);
  return day.toISOString();
}

/** All that ann may be doing, and what others do with her. */
function doings(ann: SignedIn, host: SignedIn, guest: SignedIn): (() => Promise<unknown>)[] {
  const [hers, theirs] = [callerFor(ann), callerFor(guest)];
  const place = (by: SignedIn, hour: number) => ({
    hostUsername: by.username ?? "",
    start: inTwoDaysAt(hour),
    durationMinutes: 30,
  });
  return [
    () => hers.profile.updatePerson({ displayName: "Ann Again", city: "Kassel", theme: "dark" }),
    () => hers.profile.update({ bio: "Still here." }),
    () => hers.profile.replaceAvatar({ avatar: new File([picture], "a.png") }),
    () => hers.devices.register({ token: `of ${ann.id}`, platform: "ios" }),
    () => hers.bookings.request(place(host, 9)),
    () => hers.bookings.hold(place(host, 10)),
    () => theirs.bookings.request(place(ann, 11)),
    () => hers.messages.post({ content: "I am still here" }),
    () => hers.directory.follow({ id: host.id }),
    () => theirs.directory.follow({ id: ann.id }),
    () => hers.schedule.saveWeekly({ slots: [{ dayOfWeek: 1, startMinute: 60, endMinute: 120 }] }),
    () => hers.organizations.create({ name: `Of ${ann.id}` }),
    () => hers.account.createApiToken({ name: "Late", scopes: ["profile:read"] }),
    () => hers.account.requestEmailChange({ newEmail: `new-${ann.email}` }),
    () => hers.hostOnboarding.setRate({ ratePerMinuteCents: 300 }),
  ];
}

/** Whether a machine that is overwhelmed gave up waiting, which tells nothing of what is asked here; a deadlock would. */
const isSlowness = (error: unknown) => toFailure(error).code === "unavailable" && !isDeadlock(error);

/** Has it done, however often a slow machine gives it up. */
async function insist(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return void (await act());
    } catch (error) {
      // The account was closed by an attempt that ended there.
      if (attempt > 1 && toFailure(error).code === "unauthorized") return;
      if (!isSlowness(error)) throw error;
    }
  }
}

/** @returns the codes of all refusals, faults with what they are */
async function codesOf(attempts: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(attempts);
  return settled.flatMap((result) => {
    if (result.status === "fulfilled" || isSlowness(result.reason)) return [];
    const { code } = toFailure(result.reason);
    const isFault = code === "internal" || code === "unavailable";
    return isFault ? [`${code}: ${String(result.reason.cause ?? result.reason)}`] : [code];
  });
}

async function expectNothingOf(ann: SignedIn): Promise<void> {
  await product.runJobs(() => now);
  expect([...(await rowsNaming(product.sql, [ann.id, ann.email, ann.username ?? ann.id]))]).toEqual([]);
  const left = [];
  for await (const key of product.deps.objects.list(`avatars/${ann.id}/`)) left.push(key);
  expect(left).toEqual([]);
}

const harmless = /^(unauthorized|not_found|conflict|forbidden|validation_error|rate_limited)$/;

describe.each(Array.from({ length: rounds }, (_, round) => ({ round })))("round $round: all at once", ({ round }) => {
  test("deleting for good leaves nothing", async () => {
    const [ann, host, guest] = [
      await bookableHost(),
      await bookableHost(),
      await product.person({ role: "verified_user" }),
    ];
    const acts = doings(ann, host, guest);
    const first = acts.slice(0, round * 4).map((act) => act());
    const deletion = insist(() => callerFor(ann).account.deleteNow({ email: ann.email, username: ann.username }));
    const then = acts.map((act) => act());
    for (const code of await codesOf([...first, ...then])) expect(code).toMatch(harmless);
    await deletion;
    await expectNothingOf(ann);
  });

  test("closing ends it all, and leaves nothing once its time has come", async () => {
    const [ann, host, guest] = [
      await bookableHost(),
      await bookableHost(),
      await product.person({ role: "verified_user" }),
    ];
    const acts = doings(ann, host, guest);
    const first = acts.slice(0, round * 4).map((act) => act());
    const closing = insist(() => callerFor(ann).account.requestDeletion({}));
    const then = acts.map((act) => act());
    for (const code of await codesOf([...first, ...then])) expect(code).toMatch(harmless);
    await closing;
    await product.runJobs(() => now);
    const { rows } = await product.sql("SELECT is_available, deleted_at IS NOT NULL AS gone FROM users WHERE id = $1", [
      ann.id,
    ]);
    expect(rows).toEqual([{ is_available: false, gone: true }]);
    await expect.poll(() => product.isSignedIn(ann), patience).toBe(false);
    const ahead = "SELECT FROM bookings WHERE $1 IN (host_id, caller_id) AND status IN ('requested', 'confirmed')";
    expect((await product.sql(ahead, [ann.id])).rowCount).toBe(0);
    expect((await product.sql("SELECT FROM api_tokens WHERE user_id = $1", [ann.id])).rowCount).toBe(0);
  });
});

test.each([1, 2, 3, 4])("people who follow each other can go at the same moment: time %d", async () => {
  const friends = await Promise.all(Array.from({ length: 4 }, () => product.person({ role: "host" })));
  for (const friend of friends) {
    for (const other of friends) if (other !== friend) await callerFor(friend).directory.follow({ id: other.id });
  }
  await product.runJobs(() => now);
  expect(
    await codesOf(
      friends.map((friend) => callerFor(friend).account.deleteNow({ email: friend.email, username: friend.username })),
    ),
  ).toEqual([]);
  for (const friend of friends) await expectNothingOf(friend);
});

/** Runs `meanwhile` once `work` waits for a lock, or has ended without waiting for any. */
async function whenHeldUp<Result>(work: Promise<Result>, meanwhile: () => Promise<unknown>): Promise<Result> {
  let hasEnded = false;
  const ended = work.then(
    () => (hasEnded = true),
    () => (hasEnded = true),
  );
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await expect.poll(async () => hasEnded || (await product.sql(waiting)).rowCount !== 0, patience).toBe(true);
  await meanwhile();
  await ended;
  return work;
}

describe("step by step", () => {
  test("whatever is done finds an account gone", { timeout: 120_000 }, async () => {
    const [host, guest] = [await bookableHost(), await product.person({ role: "verified_user" })];
    const count = doings(host, host, guest).length;
    for (let index = 0; index < count; index++) {
      const ann = await bookableHost();
      const act = doings(ann, host, guest)[index];
      if (act === undefined) throw new Error("as many as there were");
      const purge = await product.deps.database.pool.connect();
      try {
        await purge.query("BEGIN");
        await purge.query("SELECT FROM users WHERE id = $1 FOR UPDATE", [ann.id]);
        const codes = await whenHeldUp(codesOf([act()]), async () => {
          await purge.query("DELETE FROM users WHERE id = $1", [ann.id]);
          await purge.query("COMMIT");
        });
        for (const code of codes) expect(code, String(act)).toMatch(harmless);
      } finally {
        purge.release();
      }
      await expectNothingOf(ann);
    }
  });

  test("what others are told of somebody at that moment goes too", async () => {
    const [ann, bob] = [await product.person(), await product.person({ role: "host" })];
    const booked = `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents)
      VALUES (uuidv7(), $1, $2, 'completed', now() - interval '2 days', now() - interval '47 hours', 100, 6000) RETURNING id`;
    const { rows } = await product.sql(booked, [bob.id, ann.id]);
    const told = `INSERT INTO notifications (id, user_id, type, title, body, data, cause)
      VALUES (uuidv7(), $1, 'follow_new', 'Ann', '', $2, $3)`;
    const others = await product.deps.database.pool.connect();
    try {
      await others.query("BEGIN");
      await others.query("INSERT INTO follows (follower_id, followed_id) VALUES ($1, $2)", [ann.id, bob.id]);
      await others.query(told, [bob.id, { personId: ann.id }, `follow:${ann.id}`]);
      await others.query("SELECT FROM bookings WHERE id = $1 FOR SHARE", [rows[0].id]);
      await others.query(told, [bob.id, { bookingId: rows[0].id }, `booking:${rows[0].id}`]);
      await whenHeldUp(callerFor(ann).account.deleteNow({ email: ann.email, username: null }), () =>
        others.query("COMMIT"),
      );
    } finally {
      others.release();
    }
    await expectNothingOf(ann);
    expect((await product.sql("SELECT FROM notifications WHERE user_id = $1", [bob.id])).rowCount).toBe(0);
  });
});
