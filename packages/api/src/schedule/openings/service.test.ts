import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProfileStore } from "../../profile/store";
import { createScheduleStore } from "../store";
import type { WeeklySlot } from "../weekly/rules";
import { publicWeek } from "./schema";
import { getPublicWeek } from "./service";
import { createOpeningStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const tuesdayNoon = "2026-11-24T12:00:00Z";
const hours = (dayOfWeek: number, startHour: number, endHour: number): WeeklySlot => ({
  dayOfWeek,
  startMinute: startHour * 60,
  endMinute: endHour * 60,
});

async function hostWith(timezone: string, slots: WeeklySlot[], facts: UserFacts = {}): Promise<string> {
  const { id, username } = await createUser(database.pool, { role: "host", ...facts });
  await createScheduleStore(database).replaceWeek(id, { timezone, slots });
  return username ?? "";
}

function week(username: string, now = tuesdayNoon) {
  const deps = {
    profiles: createProfileStore(database),
    openings: createOpeningStore(database),
    objects: createRecordingObjects(),
    clock: () => new Date(now),
  };
  return getPublicWeek(deps, { username });
}

async function spelt(username: string, now?: string): Promise<string[]> {
  const { intervals } = await week(username, now);
  return intervals.map(({ start, end }) => `${start} ${end}`);
}

describe("a host's public week", () => {
  test("is the next eight days as instants, with the zone in which they are kept", async () => {
    const username = await hostWith("America/New_York", [hours(1, 9, 17), hours(3, 9, 12)]);
    const found = await week(username);
    expect(found).toEqual({
      timezone: "America/New_York",
      intervals: [
        { start: "2026-11-25T14:00:00.000Z", end: "2026-11-25T17:00:00.000Z" },
        { start: "2026-11-30T14:00:00.000Z", end: "2026-11-30T22:00:00.000Z" },
      ],
    });
    expect(publicWeek.strict().safeParse(found).success).toBe(true);
  });

  test("keeps the start of what has begun, and leaves out what is over", async () => {
    const username = await hostWith("UTC", [hours(2, 8, 12), hours(2, 13, 15)]);
    expect(await spelt(username, "2026-11-24T14:00:00Z")).toEqual([
      "2026-11-24T13:00:00.000Z 2026-11-24T15:00:00.000Z",
      "2026-12-01T08:00:00.000Z 2026-12-01T12:00:00.000Z",
      "2026-12-01T13:00:00.000Z 2026-12-01T15:00:00.000Z",
    ]);
  });

  test("holds each date's own hours, also where clocks change within the week", async () => {
    const username = await hostWith("America/New_York", [hours(6, 9, 10), hours(0, 9, 10), hours(0, 1, 2)]);
    expect(await spelt(username, "2026-10-30T12:00:00Z")).toEqual([
      "2026-10-31T13:00:00.000Z 2026-10-31T14:00:00.000Z",
      // From the first 1:00 to 2:00 are two hours on this day.
      "2026-11-01T05:00:00.000Z 2026-11-01T07:00:00.000Z",
      "2026-11-01T14:00:00.000Z 2026-11-01T15:00:00.000Z",
    ]);
  });

  test("is one stretch where hours go on over midnight", async () => {
    const username = await hostWith("Asia/Tokyo", [hours(4, 22, 24), hours(5, 0, 2)]);
    expect(await spelt(username)).toEqual(["2026-11-26T13:00:00.000Z 2026-11-26T17:00:00.000Z"]);
  });

  test("of someone who is always there ends with the eight days", async () => {
    const username = await hostWith(
      "UTC",
      [0, 1, 2, 3, 4, 5, 6].map((day) => hours(day, 0, 24)),
    );
    expect(await spelt(username)).toEqual(["2026-11-17T12:00:00.000Z 2026-12-02T12:00:00.000Z"]);
  });

  test("is empty where no hours were ever saved", async () => {
    const { username } = await createUser(database.pool, { role: "host" });
    expect(await week(username ?? "")).toEqual({ timezone: "UTC", intervals: [] });
  });

  test("is nobody's where there is no host of that name, and moves with a host who is renamed", async () => {
    await createUser(database.pool, { role: "verified_user", username: "just-a-visitor" });
    for (const username of ["just-a-visitor", "nobody-at-all", "not a username"]) {
      await expect(week(username)).rejects.toMatchObject({ code: "not_found" });
    }
    const old = await hostWith("UTC", [hours(1, 9, 17)], { username: "old-name" });
    await database.pool.query("UPDATE users SET username = 'new-name' WHERE username = $1", [old]);
    await expect(week(old)).rejects.toMatchObject({ code: "moved", details: { username: "new-name" } });
  });
});
