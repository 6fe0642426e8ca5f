import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProfileStore } from "../../profile/store";
import { defaultBookingRules } from "../booking-rules/rules";
import { createBookingRulesStore } from "../booking-rules/store";
import { createOverrideStore } from "../overrides/store";
import { createScheduleStore } from "../store";
import type { WeeklySlot } from "../weekly/rules";
import { bookingOptions, freeHostsInput, freeHostsPage, openings, publicWeek } from "./schema";
import {
  findNextOpenings,
  getBookingOptions,
  getOpenings,
  getPublicWeek,
  listFreeHosts,
  listNextOpenings,
} from "./service";
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

const depsAt = (now = tuesdayNoon) => ({
  profiles: createProfileStore(database),
  openings: createOpeningStore(database),
  objects: createRecordingObjects(),
  clock: () => new Date(now),
});
const week = (username: string, now?: string) => getPublicWeek(depsAt(now), { username });
const idOf = async (username: string) => {
  const { rows } = await database.pool.query<{ id: string }>("SELECT id FROM users WHERE username = $1", [username]);
  return rows[0]?.id ?? "";
};

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

  test("has a date's own hours instead of its weekday's", async () => {
    const username = await hostWith("America/New_York", [hours(3, 9, 12), hours(4, 9, 12)]);
    const overrides = createOverrideStore(database);
    await overrides.replace(await idOf(username), ["2026-11-25"], []);
    await overrides.replace(await idOf(username), ["2026-11-26"], [{ startMinute: 20 * 60, endMinute: 24 * 60 }]);
    expect(await spelt(username)).toEqual(["2026-11-27T01:00:00.000Z 2026-11-27T05:00:00.000Z"]);
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

describe("openings", () => {
  const wednesday = { from: "2026-11-25T00:00:00Z", to: "2026-11-26T00:00:00Z", durationMinutes: 60 };
  const listed = async (username: string, input: Partial<typeof wednesday> = {}, now?: string) => {
    const found = await getOpenings(depsAt(now), { ...wednesday, username, ...input });
    return found.openings.map(({ start }) => start.slice(11, 16));
  };

  test("are instants of the length asked for, with the zone in which hours are kept", async () => {
    const username = await hostWith("America/New_York", [hours(3, 9, 10)]);
    const found = await getOpenings(depsAt(), { ...wednesday, username });
    expect(found).toEqual({
      openings: [{ start: "2026-11-25T14:00:00.000Z", end: "2026-11-25T15:00:00.000Z" }],
      timezone: "America/New_York",
    });
    expect(openings.strict().safeParse(found).success).toBe(true);
  });

  test("follow the rules that a host sets, and those of everybody before", async () => {
    const username = await hostWith("UTC", [hours(3, 9, 11)]);
    expect(await listed(username)).toEqual(["09:00", "09:15", "09:30", "09:45", "10:00"]);
    expect(await listed(username, {}, "2026-11-25T07:20:00Z")).toEqual(["09:30", "09:45", "10:00"]);
    const rules = { ...defaultBookingRules, durationsMinutes: [50], stepMinutes: 50, minimumNoticeMinutes: 0 };
    await createBookingRulesStore(database).save(await idOf(username), rules);
    expect(await listed(username, { durationMinutes: 50 }, "2026-11-25T08:59:00Z")).toEqual(["09:00", "09:50"]);
    await expect(listed(username)).rejects.toMatchObject({
      code: "validation_error",
      details: { durationMinutes: "must be one of 50" },
    });
  });

  test("are nobody's where there is no host of that name, and move with a host who is renamed", async () => {
    for (const username of ["nobody-at-all", "not a username"]) {
      await expect(listed(username)).rejects.toMatchObject({ code: "not_found" });
      await expect(getBookingOptions(depsAt(), { username })).rejects.toMatchObject({ code: "not_found" });
    }
    const old = await hostWith("UTC", [hours(1, 9, 17)], { username: "older-name" });
    await database.pool.query("UPDATE users SET username = 'newer-name' WHERE username = $1", [old]);
    const moved = { code: "moved", details: { username: "newer-name" } };
    await expect(listed(old)).rejects.toMatchObject(moved);
    await expect(getBookingOptions(depsAt(), { username: old })).rejects.toMatchObject(moved);
  });
});

describe("what may be chosen before a time is", () => {
  test("are lengths with prices, and how a booking goes", async () => {
    const username = await hostWith("Asia/Tokyo", [], {
      displayName: "Jane Smith",
      rateCents: 199,
      avatarKey: "avatars/jane.jpg",
    });
    const hostId = await idOf(username);
    const rules = { ...defaultBookingRules, durationsMinutes: [20, 50], windowDays: 7, requiresConsent: true };
    await createBookingRulesStore(database).save(hostId, rules);
    const found = await getBookingOptions(depsAt(), { username });
    expect(found).toEqual({
      hostId,
      username,
      displayName: "Jane Smith",
      avatarUrl: "https://cdn.example.test/avatars/jane.jpg",
      timezone: "Asia/Tokyo",
      durations: [
        { minutes: 20, priceCents: 3980 },
        { minutes: 50, priceCents: 9950 },
      ],
      windowDays: 7,
      minimumNoticeMinutes: 120,
      requiresConsent: true,
      rateCents: 199,
    });
    expect(bookingOptions.strict().safeParse(found).success).toBe(true);
  });
});

describe("the next openings", () => {
  const next = async (username: string, start: string, limit = 3) => {
    const wanted = { hostId: await idOf(username), start: Date.parse(start), durationMinutes: 60, limit };
    const starts = await findNextOpenings(depsAt(), wanted);
    return starts.map((one) => new Date(one).toISOString().slice(0, 16));
  };

  test("are those from the wanted time on, or else from now on", async () => {
    const username = await hostWith("UTC", [hours(3, 9, 10), hours(5, 9, 10)]);
    expect(await next(username, "2026-11-25T10:00:00Z", 2)).toEqual(["2026-11-27T09:00", "2026-12-02T09:00"]);
    const rules = { ...defaultBookingRules, windowDays: 4 };
    await createBookingRulesStore(database).save(await idOf(username), rules);
    expect(await next(username, "2026-11-28T10:00:00Z")).toEqual(["2026-11-25T09:00", "2026-11-27T09:00"]);
  });

  test("are none of a host who has none, nor of nobody", async () => {
    expect(await next(await hostWith("UTC", []), "2026-11-25T10:00:00Z")).toEqual([]);
    const wanted = { hostId: randomUUID(), start: Date.parse(tuesdayNoon), durationMinutes: 60, limit: 3 };
    expect(await findNextOpenings(depsAt(), wanted)).toEqual([]);
  });
});

describe("when some hosts can be booked next", () => {
  test("is the first start of the shortest length of each, for those who have one", async () => {
    const [early, late, none] = [
      await hostWith("UTC", [hours(3, 9, 10)]),
      await hostWith("America/New_York", [hours(5, 9, 10)]),
      await hostWith("UTC", []),
    ];
    const rules = { ...defaultBookingRules, durationsMinutes: [50, 60], minimumNoticeMinutes: 22 * 60 };
    await createBookingRulesStore(database).save(await idOf(early), rules);
    const visitor = await createUser(database.pool, { role: "verified_user" });
    const hostIds = [await idOf(late), await idOf(none), visitor.id, randomUUID(), await idOf(early)];
    const { nextOpenings } = await listNextOpenings(depsAt(), { hostIds });
    expect(nextOpenings.toSorted((a, b) => a.start.localeCompare(b.start))).toEqual([
      { hostId: await idOf(late), start: "2026-11-27T14:00:00.000Z" },
      { hostId: await idOf(early), start: "2026-12-02T09:00:00.000Z" },
    ]);
    expect(await listNextOpenings(depsAt(), { hostIds: [] })).toEqual({ nextOpenings: [] });
  });
});

describe("free hosts", () => {
  test("are those with an opening in the time asked about, those who are available first", async () => {
    await database.pool.query("DELETE FROM users");
    const [early, late, away] = [
      await hostWith("UTC", [hours(3, 8, 10)], { isAvailable: true }),
      await hostWith("UTC", [hours(3, 10, 12)], { isAvailable: true }),
      await hostWith("Asia/Tokyo", [hours(3, 18, 20)]),
    ];
    await hostWith("UTC", [hours(4, 8, 10)], { isAvailable: true });
    await createUser(database.pool, { role: "host", isAvailable: true });
    const at = async (from: string, to: string, page = 1, perPage = 20) => {
      const [start, end] = [`2026-11-25T${from}:00Z`, `2026-11-25T${to}:00Z`];
      const input = freeHostsInput.parse({ from: start, to: end, durationMinutes: 30, page, perPage });
      const found = await listFreeHosts(depsAt(), input);
      expect(freeHostsPage.safeParse(found).success).toBe(true);
      return { names: found.items.map(({ host }) => host.username), total: found.total, items: found.items };
    };
    expect(await at("08:00", "12:00")).toMatchObject({ names: [late, early, away], total: 3 });
    expect(await at("09:00", "10:00")).toMatchObject({ names: [early, away], total: 2 });
    expect(await at("11:00", "11:01")).toMatchObject({ names: [late], total: 1 });
    expect(await at("08:00", "12:00", 2, 2)).toMatchObject({ names: [away], total: 3 });
    expect((await at("10:00", "12:00")).items[0]?.openings.map(({ start }) => start.slice(11, 16))).toEqual([
      ...["10:00", "10:15", "10:30"],
    ]);
  });
});
