import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createScheduleStore, type ScheduleStore } from "../store";
import { type SaveWeekly, saveLocalWeekInput, saveWeeklyInput } from "./schema";
import { getLocalWeek, getWeekly, saveLocalWeek, saveWeekly } from "./service";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let schedules: ScheduleStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  schedules = createScheduleStore(database);
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const deps = (now = "2026-11-24T12:00:00Z") => ({ schedules, clock: () => new Date(now) });
const person = async () => actorFor(await createUser(database.pool));
const nobody = () => actorFor({ id: uuidv7(), role: "user" });
const slot = (dayOfWeek: number, startHour: number, endHour: number) => ({
  dayOfWeek,
  startMinute: startHour * 60,
  endMinute: endHour * 60,
});
const week = (...slots: SaveWeekly["slots"]) => saveWeeklyInput.parse({ slots });

async function storedSlots(userId: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    "SELECT count(*)::int FROM weekly_slots w JOIN schedules s ON s.id = w.schedule_id WHERE s.user_id = $1",
    [userId],
  );
  return rows[0]?.count ?? 0;
}

describe("reading", () => {
  test("a week that was never saved is empty", async () => {
    expect(await getWeekly(deps(), await person())).toEqual({ slots: [], timezone: "UTC", version: 0 });
  });

  test("shows hours kept in another zone as they fall, in UTC, in the present week", async () => {
    const actor = await person();
    await schedules.replaceWeek(actor.userId, {
      timezone: "America/New_York",
      slots: [slot(1, 9, 17), slot(2, 18, 23)],
    });
    const read = (now: string) => getWeekly(deps(now), actor);
    expect(await read("2026-11-24T12:00:00Z")).toEqual({
      slots: [slot(1, 14, 22), slot(2, 23, 24), slot(3, 0, 4)],
      timezone: "America/New_York",
      version: 1,
    });
    expect((await read("2026-07-07T12:00:00Z")).slots).toEqual([slot(1, 13, 21), slot(2, 22, 24), slot(3, 0, 3)]);
  });
});

describe("saving", () => {
  test("replaces everything, answers sorted, and reads back just so", async () => {
    const actor = await person();
    await saveWeekly(deps(), actor, week(slot(5, 9, 12), slot(0, 1, 2)));
    const saved = await saveWeekly(deps(), actor, week(slot(3, 10, 14), slot(1, 12, 24), slot(1, 9, 12)));
    expect(saved).toEqual({ slots: [slot(1, 9, 12), slot(1, 12, 24), slot(3, 10, 14)], timezone: "UTC", version: 2 });
    expect(await getWeekly(deps(), actor)).toEqual(saved);
    expect(await storedSlots(actor.userId)).toBe(3);
  });

  test("may leave no hours", async () => {
    const actor = await person();
    await saveWeekly(deps(), actor, week(slot(1, 9, 17)));
    expect(await saveWeekly(deps(), actor, week())).toEqual({ slots: [], timezone: "UTC", version: 2 });
    expect(await storedSlots(actor.userId)).toBe(0);
  });

  test("of what is there already changes nothing, in whatever order", async () => {
    const actor = await person();
    const first = await saveWeekly(deps(), actor, week(slot(1, 9, 17), slot(2, 9, 17)));
    expect(await saveWeekly(deps(), actor, week(slot(2, 9, 17), slot(1, 9, 17)))).toEqual(first);
  });

  test("moves a schedule of another zone to UTC, though the minutes are the same", async () => {
    const actor = await person();
    await schedules.replaceWeek(actor.userId, { timezone: "Asia/Tokyo", slots: [slot(1, 9, 17)] });
    const saved = await saveWeekly(deps(), actor, week(slot(1, 9, 17)));
    expect(saved).toEqual({ slots: [slot(1, 9, 17)], timezone: "UTC", version: 2 });
    expect(await getWeekly(deps(), actor)).toEqual(saved);
  });

  test("keeps people's weeks apart", async () => {
    const [ann, bob] = [await person(), await person()];
    await saveWeekly(deps(), ann, week(slot(1, 9, 17)));
    await saveWeekly(deps(), bob, week(slot(1, 9, 17)));
    await saveWeekly(deps(), bob, week());
    expect((await getWeekly(deps(), ann)).slots).toEqual([slot(1, 9, 17)]);
  });

  test("refuses a version that is not the present one, and changes nothing", async () => {
    const actor = await person();
    const stale = { code: "precondition_failed" };
    await expect(saveWeekly(deps(), actor, { ...week(slot(1, 9, 17)), expectedVersion: 1 })).rejects.toMatchObject(
      stale,
    );
    expect(await getWeekly(deps(), actor)).toEqual({ slots: [], timezone: "UTC", version: 0 });

    const first = await saveWeekly(deps(), actor, { ...week(slot(1, 9, 17)), expectedVersion: 0 });
    expect(first.version).toBe(1);
    await expect(saveWeekly(deps(), actor, { ...week(slot(2, 9, 17)), expectedVersion: 0 })).rejects.toMatchObject(
      stale,
    );
    // Not even the same hours: the caller believes that they were others.
    await expect(saveWeekly(deps(), actor, { ...week(slot(1, 9, 17)), expectedVersion: 0 })).rejects.toMatchObject(
      stale,
    );
    expect(await getWeekly(deps(), actor)).toEqual(first);
    expect((await saveWeekly(deps(), actor, { ...week(), expectedVersion: 1 })).version).toBe(2);
  });

  test("20 saves at the same time of one version: one succeeds, whole", async () => {
    const actor = await person();
    const saves = Array.from({ length: 20 }, (_, hour) =>
      saveWeekly(deps(), actor, { ...week(slot(1, hour, hour + 2), slot(2, hour, hour + 2)), expectedVersion: 0 }),
    );
    const results = await Promise.allSettled(saves);
    const succeeded = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(succeeded).toHaveLength(1);
    expect(refused.map(({ code }) => code)).toEqual(new Array(19).fill("precondition_failed"));
    expect(await getWeekly(deps(), actor)).toEqual(succeeded[0]);
  });

  test("20 saves at the same time without a version: the last one stands, whole", async () => {
    const actor = await person();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, hour) =>
        saveWeekly(deps(), actor, week(slot(1, hour, hour + 2), slot(2, hour, hour + 2))),
      ),
    );
    expect(answers.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(
      answers.map((_, index) => index + 1),
    );
    expect(await getWeekly(deps(), actor)).toEqual(answers.find(({ version }) => version === 20));
  });

  test("PostgreSQL itself keeps slots apart, and what was there stays", async () => {
    const actor = await person();
    const before = await saveWeekly(deps(), actor, week(slot(1, 9, 17)));
    const overlapping = { slots: [slot(1, 9, 12), slot(1, 11, 14)] };
    await expect(saveWeekly(deps(), actor, overlapping)).rejects.toMatchObject({
      code: "validation_error",
      details: { slots: "must not overlap" },
    });
    expect(await getWeekly(deps(), actor)).toEqual(before);
  });

  test("tells a person whose account has gone", async () => {
    await expect(saveWeekly(deps(), nobody(), week())).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("in the zone in which hours are kept", () => {
  const localWeek = (timezone: string, ...slots: SaveWeekly["slots"]) => saveLocalWeekInput.parse({ timezone, slots });

  test("a week that was never saved is empty", async () => {
    expect(await getLocalWeek(deps(), await person())).toEqual({ slots: [], timezone: "UTC", version: 0 });
  });

  test("reads back as it was saved, sorted, its zone spelt as it was sent", async () => {
    const actor = await person();
    const week = localWeek("Asia/Kolkata", slot(2, 0, 24), slot(1, 12, 17), slot(1, 9, 12));
    const saved = await saveLocalWeek(deps(), actor, week);
    expect(saved).toEqual({
      slots: [slot(1, 9, 12), slot(1, 12, 17), slot(2, 0, 24)],
      timezone: "Asia/Kolkata",
      version: 1,
    });
    expect(await getLocalWeek(deps(), actor)).toEqual(saved);
  });

  test("is seen by those who ask in UTC", async () => {
    const actor = await person();
    await saveLocalWeek(deps(), actor, localWeek("America/New_York", slot(1, 9, 17)));
    expect(await getWeekly(deps(), actor)).toEqual({
      slots: [slot(1, 14, 22)],
      timezone: "America/New_York",
      version: 1,
    });
  });

  test("shows what was saved in UTC as such", async () => {
    const actor = await person();
    const saved = await saveWeekly(deps(), actor, week(slot(1, 9, 12), slot(1, 12, 17)));
    expect(await getLocalWeek(deps(), actor)).toEqual(saved);
  });

  test("a move to another zone alone is a change", async () => {
    const actor = await person();
    await saveLocalWeek(deps(), actor, localWeek("Europe/Berlin", slot(1, 9, 17)));
    const moved = await saveLocalWeek(deps(), actor, localWeek("Asia/Tokyo", slot(1, 9, 17)));
    expect(moved).toEqual({ slots: [slot(1, 9, 17)], timezone: "Asia/Tokyo", version: 2 });
    expect(await getLocalWeek(deps(), actor)).toEqual(moved);
  });

  test("refuses a version that is not the present one, whichever way it was raised, and changes nothing", async () => {
    const actor = await person();
    const first = await saveLocalWeek(deps(), actor, localWeek("Europe/Berlin", slot(1, 9, 17)));
    const second = await saveWeekly(deps(), actor, week(slot(2, 9, 17)));
    const stale = { ...localWeek("Europe/Berlin", slot(3, 9, 17)), expectedVersion: first.version };
    await expect(saveLocalWeek(deps(), actor, stale)).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await getLocalWeek(deps(), actor)).toEqual(second);
    const third = await saveLocalWeek(deps(), actor, { ...stale, expectedVersion: second.version });
    expect(third).toEqual({ slots: [slot(3, 9, 17)], timezone: "Europe/Berlin", version: 3 });
  });

  test("PostgreSQL itself keeps slots apart, and zone and hours stay as they were", async () => {
    const actor = await person();
    const before = await saveLocalWeek(deps(), actor, localWeek("Europe/Berlin", slot(1, 9, 17)));
    const overlapping = { timezone: "Asia/Tokyo", slots: [slot(1, 9, 12), slot(1, 11, 14)] };
    await expect(saveLocalWeek(deps(), actor, overlapping)).rejects.toMatchObject({ code: "validation_error" });
    expect(await getLocalWeek(deps(), actor)).toEqual(before);
  });

  test("tells a person whose account has gone", async () => {
    await expect(saveLocalWeek(deps(), nobody(), localWeek("UTC"))).rejects.toMatchObject({ code: "unauthorized" });
  });
});
