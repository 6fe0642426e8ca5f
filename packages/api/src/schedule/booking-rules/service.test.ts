import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookingRulesBounds as bounds, defaultBookingRules } from "./rules";
import { saveBookingRulesInput } from "./schema";
import { getBookingRules, saveBookingRules } from "./service";
import { type BookingRulesStore, createBookingRulesStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let deps: { bookingRules: BookingRulesStore };

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  deps = { bookingRules: createBookingRulesStore(database) };
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const person = async () => actorFor(await createUser(database.pool));
const rules = (changes: object = {}) => saveBookingRulesInput.parse({ ...defaultBookingRules, ...changes });
const stale = { code: "precondition_failed" };

test("whoever never set any has those that everybody starts with, and no row", async () => {
  const actor = await person();
  expect(await getBookingRules(deps, actor)).toEqual({ ...defaultBookingRules, version: 0 });
  expect(await deps.bookingRules.find(actor.userId)).toBeNull();
});

describe("saving", () => {
  test("replaces all of them, answers lengths ascending, and reads back just so", async () => {
    const [actor, other] = [await person(), await person()];
    const changes = {
      durationsMinutes: [90, 20, 60],
      stepMinutes: 20,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      minimumNoticeMinutes: 1440,
      windowDays: 14,
      maxPerDay: 3,
      requiresConsent: true,
    };
    const saved = await saveBookingRules(deps, actor, rules(changes));
    expect(saved).toEqual({ ...changes, durationsMinutes: [20, 60, 90], version: 1 });
    expect(await getBookingRules(deps, actor)).toEqual(saved);
    const again = await saveBookingRules(deps, actor, rules({ maxPerDay: null }));
    expect(again).toEqual({ ...defaultBookingRules, version: 2 });
    expect(await getBookingRules(deps, actor)).toEqual(again);
    expect(await getBookingRules(deps, other)).toEqual({ ...defaultBookingRules, version: 0 });
  });

  test("of what is there already changes nothing", async () => {
    const actor = await person();
    const first = await saveBookingRules(deps, actor, rules({ durationsMinutes: [30, 60] }));
    expect(await saveBookingRules(deps, actor, rules({ durationsMinutes: [60, 30] }))).toEqual(first);
    const limited = await saveBookingRules(deps, actor, rules({ durationsMinutes: [30, 60], maxPerDay: 1 }));
    expect(limited.version).toBe(2);
  });

  test("refuses a version that is not the present one, and changes nothing", async () => {
    const actor = await person();
    await expect(saveBookingRules(deps, actor, { ...rules(), expectedVersion: 1 })).rejects.toMatchObject(stale);
    expect(await deps.bookingRules.find(actor.userId)).toBeNull();
    const first = await saveBookingRules(deps, actor, { ...rules(), expectedVersion: 0 });
    expect(first.version).toBe(1);
    // Not even the same rules: the caller believes that they were others.
    await expect(saveBookingRules(deps, actor, { ...rules(), expectedVersion: 0 })).rejects.toMatchObject(stale);
    expect(await getBookingRules(deps, actor)).toEqual(first);
    const next = await saveBookingRules(deps, actor, { ...rules({ windowDays: 7 }), expectedVersion: 1 });
    expect(next).toMatchObject({ windowDays: 7, version: 2 });
  });

  test("20 saves at the same time of one version: one succeeds, first or later", async () => {
    const actor = await person();
    for (const expectedVersion of [0, 1]) {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) =>
          saveBookingRules(deps, actor, { ...rules({ windowDays: 1 + n + 100 * expectedVersion }), expectedVersion }),
        ),
      );
      const [winner, ...others] = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
      expect(others).toEqual([]);
      expect(refused).toEqual(new Array(19).fill("precondition_failed"));
      expect(await getBookingRules(deps, actor)).toEqual(winner);
      expect(winner?.version).toBe(expectedVersion + 1);
    }
  });

  test("tells a person whose account has gone", async () => {
    const nobody = actorFor({ id: uuidv7(), role: "user" });
    for (const expectedVersion of [undefined, 0, 1]) {
      await expect(saveBookingRules(deps, nobody, { ...rules(), expectedVersion })).rejects.toMatchObject({
        code: "unauthorized",
      });
    }
  });
});

test("PostgreSQL has the bounds that the rules have", async () => {
  const actor = await person();
  const save = (changes: object) => deps.bookingRules.save(actor.userId, { ...defaultBookingRules, ...changes });
  const cases: [string, { min: number; max: number }, (value: number) => object][] = [
    ["durations", bounds.durations, (length) => ({ durationsMinutes: Array.from({ length }, (_, n) => 5 + n) })],
    ["durationsMinutes", bounds.durationMinutes, (value) => ({ durationsMinutes: [30, value] })],
    ["stepMinutes", bounds.stepMinutes, (stepMinutes) => ({ stepMinutes })],
    ["bufferBeforeMinutes", bounds.bufferMinutes, (bufferBeforeMinutes) => ({ bufferBeforeMinutes })],
    ["bufferAfterMinutes", bounds.bufferMinutes, (bufferAfterMinutes) => ({ bufferAfterMinutes })],
    ["minimumNoticeMinutes", bounds.minimumNoticeMinutes, (minimumNoticeMinutes) => ({ minimumNoticeMinutes })],
    ["windowDays", bounds.windowDays, (windowDays) => ({ windowDays })],
    ["maxPerDay", bounds.maxPerDay, (maxPerDay) => ({ maxPerDay })],
  ];
  for (const [name, { min, max }, changes] of cases) {
    for (const value of [min, max]) expect(await save(changes(value)), name).toMatchObject({ outcome: "saved" });
    for (const value of [min - 1, max + 1]) {
      await expect(save(changes(value)), `${name} ${value}`).rejects.toThrow("booking_rules_bounds");
    }
  }
});
