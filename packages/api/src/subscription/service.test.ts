import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registerDevice } from "../devices/service";
import { createDeviceStore } from "../devices/store";
import {
  endSubscription,
  getOwnSubscription,
  grantSubscription,
  listKnownPlans,
  listPlansOfPeople,
  settleSubscriptions,
} from "./service";
import { createSubscriptionStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let now: Date;
const deps = () => ({ subscriptions: createSubscriptionStore(database), clock: () => now });

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
beforeEach(() => {
  now = new Date("2026-02-08T00:00:00Z");
});

const person = async () => actorFor(await createUser(database.pool));
const premium = { planName: "Premium", termMonths: 1, maxDevices: 2 };
async function grant(userId: string, plan = premium) {
  const admin = actorFor(await createUser(database.pool, { role: "admin" }));
  return grantSubscription(deps(), admin, { userId, ...plan });
}
const ofPeople = (...userIds: string[]) => listPlansOfPeople(deps(), { userIds });
const own = (actor: Awaited<ReturnType<typeof person>>) => getOwnSubscription(deps(), actor);

test("nobody has a plan before one is granted", async () => {
  expect(await own(await person())).toEqual({ hasSubscription: false, autoRenew: true, subscription: null });
});

describe("a plan", () => {
  test("runs for a term, and replaces the one before it", async () => {
    const actor = await person();
    await grant(actor.userId, { planName: "Basic", termMonths: 12, maxDevices: 1 });
    now = new Date("2026-02-10T00:00:00Z");
    const granted = await grant(actor.userId);
    expect(granted).toEqual({
      ...{ hasSubscription: true, autoRenew: true },
      subscription: {
        ...{ planName: "Premium", status: "active", maxDevices: 2, daysRemaining: 28 },
        expiresAt: "2026-03-10T00:00:00.000Z",
      },
    });
    expect(await own(actor)).toEqual(granted);
  });

  test("is ended once, and cannot be ended where there is none", async () => {
    const actor = await person();
    await grant(actor.userId);
    const ended = await endSubscription(deps(), { userId: actor.userId });
    expect(ended).toMatchObject({ hasSubscription: false, subscription: { status: "cancelled", daysRemaining: 0 } });
    await expect(endSubscription(deps(), { userId: actor.userId })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is neither granted nor ended where the account is closed, and stays as it was", async () => {
    const actor = await person();
    await grant(actor.userId);
    await database.pool.query("UPDATE users SET banned_at = now() WHERE id = $1", [actor.userId]);
    await expect(grant(actor.userId)).rejects.toMatchObject({ code: "not_found" });
    await expect(endSubscription(deps(), { userId: actor.userId })).rejects.toMatchObject({ code: "not_found" });
    expect(await ofPeople(actor.userId)).toMatchObject([{ status: "active", renews: false, endedAt: null }]);
  });

  test("is granted to nobody who is not there", async () => {
    const attempt = grant("01900000-0000-7000-8000-000000000000");
    await expect(attempt).rejects.toMatchObject({ code: "not_found" });
  });

  test("is one, though several are granted at once", async () => {
    const actor = await person();
    await Promise.all(Array.from({ length: 5 }, () => grant(actor.userId)));
    const { rows } = await database.pool.query(
      "SELECT count(*)::int AS live FROM subscriptions WHERE user_id = $1 AND status = 'active'",
      [actor.userId],
    );
    expect(rows).toEqual([{ live: 1 }]);
  });
});

describe("the plans of people, for administrators", () => {
  test("are those that each was granted last, and of nobody who never had one", async () => {
    const [keeper, leaver, stranger] = [await person(), await person(), await person()];
    await grant(keeper.userId, { planName: "Basic", termMonths: 12, maxDevices: 1 });
    await grant(leaver.userId);
    await database.pool.query("UPDATE users SET auto_renew = false WHERE id = $1", [leaver.userId]);
    now = new Date("2026-02-10T00:00:00Z");
    await grant(keeper.userId);
    const plans = await ofPeople(stranger.userId, leaver.userId, keeper.userId);
    expect(new Map(plans.map((plan) => [plan.userId, plan]))).toEqual(
      new Map([
        [
          keeper.userId,
          {
            ...{ userId: keeper.userId, planName: "Premium", termMonths: 1, maxDevices: 2, status: "active" },
            ...{ expiresAt: "2026-03-10T00:00:00.000Z", daysRemaining: 28, renews: true, endedAt: null },
          },
        ],
        [leaver.userId, expect.objectContaining({ status: "active", renews: false, endedAt: null })],
      ]),
    );
  });

  test("tell when they were over: by somebody's word, or by their term though no job has been by", async () => {
    const [ended, expired] = [await person(), await person()];
    for (const { userId } of [ended, expired]) await grant(userId);
    now = new Date("2026-02-20T00:00:00Z");
    await endSubscription(deps(), { userId: ended.userId });
    now = new Date("2026-03-08T00:00:00Z");
    expect(await ofPeople(ended.userId)).toMatchObject([
      { status: "cancelled", renews: false, daysRemaining: 0, endedAt: "2026-02-20T00:00:00.000Z" },
    ]);
    expect(await ofPeople(expired.userId)).toMatchObject([
      { status: "expired", renews: false, daysRemaining: 0, endedAt: "2026-03-08T00:00:00.000Z" },
    ]);
  });

  test("are known by name, as granted last, the latest first", async () => {
    const actor = await person();
    for (const [day, planName, termMonths] of [
      [1, "Rare", 12],
      [2, "Usual", 1],
      [3, "Rare", 6],
    ] as const) {
      now = new Date(Date.UTC(2030, 0, day));
      await grant(actor.userId, { planName, termMonths, maxDevices: 4 });
    }
    expect((await listKnownPlans(deps())).slice(0, 2)).toEqual([
      { planName: "Rare", termMonths: 6, maxDevices: 4 },
      { planName: "Usual", termMonths: 1, maxDevices: 4 },
    ]);
  });
});

describe("when a term has ended", () => {
  test("it is over at once, then renewed for those who want it, and closed for others", async () => {
    const [keeper, leaver] = [await person(), await person()];
    for (const { userId } of [keeper, leaver]) await grant(userId);
    await database.pool.query("UPDATE users SET auto_renew = false WHERE id = $1", [leaver.userId]);
    now = new Date("2026-03-08T00:00:00Z");
    expect(await own(keeper)).toMatchObject({ hasSubscription: false, subscription: { status: "expired" } });
    await Promise.all([settleSubscriptions(deps()), settleSubscriptions(deps())]);
    expect(await own(keeper)).toMatchObject({
      hasSubscription: true,
      subscription: { status: "active", expiresAt: "2026-04-08T00:00:00.000Z" },
    });
    expect(await own(leaver)).toMatchObject({ autoRenew: false, subscription: { status: "expired" } });
  });
});

describe("the most devices of a plan", () => {
  const register = (actor: Awaited<ReturnType<typeof person>>, token: string) =>
    registerDevice({ devices: createDeviceStore(database), clock: () => now }, actor, { token, platform: "ios" });

  test("are registered, and no more, whoever comes at once", async () => {
    const actor = await person();
    await grant(actor.userId);
    const attempts = ["a", "b", "c", "d"].map((name) => register(actor, `${actor.userId} ${name}`));
    const settled = await Promise.allSettled(attempts);
    const refused = settled.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toHaveLength(2);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: "conflict", details: { token: "is one device more than the plan's 2" } });
    }
  });

  test("does not count one that is known already, nor bind without a plan in force", async () => {
    const actor = await person();
    await grant(actor.userId, { ...premium, maxDevices: 1 });
    await register(actor, `${actor.userId} a`);
    expect(await register(actor, `${actor.userId} a`)).toMatchObject({ isNew: false });
    now = new Date("2026-03-08T00:00:00Z");
    expect(await register(actor, `${actor.userId} b`)).toMatchObject({ isNew: true });
  });
});
