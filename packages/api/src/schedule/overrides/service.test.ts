import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createScheduleStore } from "../store";
import { getLocalWeek, saveLocalWeek } from "../weekly/service";
import { datesBetween } from "./rules";
import { getOverrides, removeOverride, removeOverrides, saveOverride, saveOverrides } from "./service";
import { createOverrideStore, type OverrideStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let overrides: OverrideStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  overrides = createOverrideStore(database);
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const deps = () => ({ overrides, clock: () => new Date("2026-11-21T12:00:00Z") });
const weekly = () => ({ schedules: createScheduleStore(database), clock: () => new Date("2026-11-21T12:00:00Z") });
const person = async () => actorFor(await createUser(database.pool));
type Somebody = Awaited<ReturnType<typeof person>>;
const slot = (startHour: number, endHour: number) => ({ startMinute: startHour * 60, endMinute: endHour * 60 });
const december = (actor: Somebody) => getOverrides(deps(), actor, { from: "2026-12-01", to: "2026-12-31" });

describe("one date", () => {
  test("of a person who never kept hours has none of its own", async () => {
    expect(await december(await person())).toEqual({ overrides: [], timezone: "UTC" });
  });

  test("is closed, given other hours, and given its weekday's hours back", async () => {
    const actor = await person();
    const date = "2026-12-24";
    expect(await saveOverride(deps(), actor, { date, slots: [] })).toEqual({ date, slots: [] });
    expect(await december(actor)).toEqual({ overrides: [{ date, slots: [] }], timezone: "UTC" });

    const other = { date, slots: [slot(9, 12), slot(22, 24)] };
    expect(await saveOverride(deps(), actor, { date, slots: other.slots.toReversed() })).toEqual(other);
    expect((await december(actor)).overrides).toEqual([other]);

    await removeOverride(deps(), actor, { date });
    expect((await december(actor)).overrides).toEqual([]);
    await expect(removeOverride(deps(), actor, { date })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is one of the schedule's zone, and leaves the week and its version alone", async () => {
    const actor = await person();
    await saveOverride(deps(), actor, { date: "2026-12-24", slots: [] });
    expect(await getLocalWeek(weekly(), actor)).toEqual({ timezone: "UTC", slots: [], version: 0 });
    const week = await saveLocalWeek(weekly(), actor, {
      timezone: "Pacific/Auckland",
      slots: [{ dayOfWeek: 4, ...slot(9, 17) }],
      expectedVersion: 0,
    });
    expect(week.version).toBe(1);
    expect(await december(actor)).toEqual({
      overrides: [{ date: "2026-12-24", slots: [] }],
      timezone: "Pacific/Auckland",
    });
    await saveOverride(deps(), actor, { date: "2026-12-25", slots: [] });
    expect(await getLocalWeek(weekly(), actor)).toEqual(week);
  });

  test("is the person's own", async () => {
    const [ann, bob] = [await person(), await person()];
    await saveOverride(deps(), ann, { date: "2026-12-24", slots: [] });
    await expect(removeOverride(deps(), bob, { date: "2026-12-24" })).rejects.toMatchObject({ code: "not_found" });
    await removeOverrides(deps(), bob, { from: "2026-12-01", to: "2026-12-31" });
    expect((await december(ann)).overrides).toHaveLength(1);
    expect((await december(bob)).overrides).toEqual([]);
  });

  test("lies within three years of today", async () => {
    const actor = await person();
    await expect(saveOverride(deps(), actor, { date: "2030-01-01", slots: [] })).rejects.toMatchObject({
      code: "validation_error",
      details: { date: "must be within three years of today" },
    });
    await expect(
      saveOverrides(deps(), actor, { from: "2029-11-01", to: "2029-12-31", slots: [] }),
    ).rejects.toMatchObject({ details: { to: "must be within three years of today" } });
    for (const date of ["2023-11-21", "2029-11-21"]) await saveOverride(deps(), actor, { date, slots: [] });
    expect(await getOverrides(deps(), actor, { from: "2029-12-01", to: "2029-12-31" })).toMatchObject({
      overrides: [],
    });
  });
});

describe("a range", () => {
  const holiday = { from: "2026-12-24", to: "2027-01-02" };

  test("is closed as a whole, over what single dates had, and shows by date, both ends among it", async () => {
    const actor = await person();
    for (const date of ["2026-12-23", "2026-12-26", "2027-01-03"]) {
      await saveOverride(deps(), actor, { date, slots: [slot(9, 10)] });
    }
    const saved = await saveOverrides(deps(), actor, { ...holiday, slots: [] });
    expect(saved.overrides).toEqual(datesBetween(holiday.from, holiday.to).map((date) => ({ date, slots: [] })));
    expect((await getOverrides(deps(), actor, holiday)).overrides).toEqual(saved.overrides);
    const all = await getOverrides(deps(), actor, { from: "2026-12-01", to: "2027-01-31" });
    expect(all.overrides.map(({ date }) => date)).toEqual(datesBetween("2026-12-23", "2027-01-03"));
    await removeOverrides(deps(), actor, holiday);
    const left = await getOverrides(deps(), actor, { from: "2026-12-01", to: "2027-01-31" });
    expect(left.overrides.map(({ date }) => date)).toEqual(["2026-12-23", "2027-01-03"]);
  });

  test("gives every date the same hours, for a whole leap year too", async () => {
    const actor = await person();
    const year = { from: "2028-01-01", to: "2028-12-31" };
    const slots = [slot(9, 12), slot(13, 17)];
    expect((await saveOverrides(deps(), actor, { ...year, slots })).overrides).toHaveLength(366);
    const { overrides: kept } = await getOverrides(deps(), actor, year);
    expect(kept).toHaveLength(366);
    expect(kept.every(({ slots: own }) => JSON.stringify(own) === JSON.stringify(slots))).toBe(true);
  });

  test("is saved as a whole or not at all", async () => {
    const actor = await person();
    await saveOverride(deps(), actor, { date: "2026-12-25", slots: [slot(9, 10)] });
    // Past the schema: PostgreSQL itself keeps the slots of a date apart.
    const overlapping = { ...holiday, slots: [slot(9, 12), slot(11, 14)] };
    await expect(saveOverrides(deps(), actor, overlapping)).rejects.toMatchObject({
      code: "validation_error",
      details: { slots: "must not overlap" },
    });
    expect((await december(actor)).overrides).toEqual([{ date: "2026-12-25", slots: [slot(9, 10)] }]);
  });

  test("20 saves at the same time, of a date or over it: the last one stands, whole", async () => {
    const actor = await person();
    await Promise.all(
      Array.from({ length: 20 }, (_, hour) => {
        const slots = [slot(hour, hour + 1), slot(hour + 2, hour + 3)];
        return hour % 2 === 0
          ? saveOverrides(deps(), actor, { ...holiday, slots })
          : saveOverride(deps(), actor, { date: "2026-12-25", slots });
      }),
    );
    const { overrides: kept } = await getOverrides(deps(), actor, holiday);
    expect(kept).toHaveLength(10);
    for (const { slots } of kept) {
      const hour = (slots[0]?.startMinute ?? 0) / 60;
      expect(slots).toEqual([slot(hour, hour + 1), slot(hour + 2, hour + 3)]);
    }
    // All dates but the one that was also saved alone come from one save.
    const ranges = kept.filter(({ date }) => date !== "2026-12-25").map(({ slots }) => JSON.stringify(slots));
    expect(new Set(ranges).size).toBe(1);
  });

  test("tells a person whose account has gone", async () => {
    const nobody = actorFor({ id: uuidv7(), role: "user" });
    await expect(saveOverrides(deps(), nobody, { ...holiday, slots: [] })).rejects.toMatchObject({
      code: "unauthorized",
    });
  });
});
