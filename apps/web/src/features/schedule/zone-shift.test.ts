import { describe, expect, test } from "vitest";
import { clockChanges, minutesAhead, weekInZone, weekSeenFrom, weekStartFor } from "./zone-shift";

// A Wednesday in winter, on both sides of the Atlantic.
const now = Date.parse("2026-11-25T12:00:00Z");
const nineToFive = { dayOfWeek: 1, startMinute: 540, endMinute: 1020 };

describe("the week someone is in", () => {
  test("begins on the day on which their weeks begin, by the date over there", () => {
    expect(weekStartFor(now, "Europe/Berlin", 1)).toBe("2026-11-23");
    expect(weekStartFor(now, "America/New_York", 0)).toBe("2026-11-22");
    expect(weekStartFor(now, "Europe/Berlin", 1, 2)).toBe("2026-12-07");
    // Sunday in the west is Monday in the east, a week further on.
    const turn = Date.parse("2026-11-29T20:00:00Z");
    expect(weekStartFor(turn, "America/New_York", 1)).toBe("2026-11-23");
    expect(weekStartFor(turn, "Asia/Tokyo", 1)).toBe("2026-11-30");
  });
});

describe("a week as seen elsewhere", () => {
  test("is the same moments on other clocks, split at midnight", () => {
    expect(weekSeenFrom([nineToFive], "UTC", "Asia/Tokyo", "2026-11-23")).toEqual([
      { dayOfWeek: 1, startMinute: 1080, endMinute: 1440 },
      { dayOfWeek: 2, startMinute: 0, endMinute: 120 },
    ]);
  });

  test("is an hour off once the clocks of one of both have changed", () => {
    const startOf = (weekStart: string) =>
      weekSeenFrom([nineToFive], "Europe/Berlin", "America/Phoenix", weekStart)[0]?.startMinute;
    expect(startOf("2026-11-23")).toBe(60);
    expect(startOf("2027-04-05")).toBe(0);
  });

  test("is the week itself in its own zone, also where clocks change within it", () => {
    const week = [0, 1, 2, 3, 4, 5, 6].map((dayOfWeek) => ({ ...nineToFive, dayOfWeek }));
    for (const start of ["2026-10-25", "2027-03-28"]) {
      expect(weekSeenFrom(week, "Europe/Berlin", "Europe/Berlin", start)).toEqual(week);
    }
  });

  test("written in another zone, there and back again, is what it was", () => {
    const there = weekInZone([nineToFive], "Europe/Berlin", "Asia/Kolkata", now);
    expect(there).toEqual([{ dayOfWeek: 1, startMinute: 810, endMinute: 1290 }]);
    expect(weekInZone(there, "Asia/Kolkata", "Europe/Berlin", now)).toEqual([nineToFive]);
  });
});

test("how far ahead a zone is depends on the date, and may be no whole hour", () => {
  expect(minutesAhead("UTC", "Asia/Kathmandu", now)).toBe(345);
  expect(minutesAhead("Europe/Berlin", "America/New_York", now)).toBe(-360);
  // America turns its clocks back a week later than Europe.
  expect(minutesAhead("Europe/Berlin", "America/New_York", Date.parse("2026-10-28T12:00:00Z"))).toBe(-300);
});

describe("the next changes of clocks", () => {
  test("are told in order, with the first whole week after each, and once for those that change together", () => {
    const changes = clockChanges(["Europe/Berlin", "America/New_York", "Europe/Paris", "Asia/Tokyo"], now);
    expect(changes.map(({ instant, timezones }) => [new Date(instant).toISOString(), timezones])).toEqual([
      ["2027-03-14T07:00:00.000Z", ["America/New_York"]],
      ["2027-03-28T01:00:00.000Z", ["Europe/Berlin", "Europe/Paris"]],
    ]);
    for (const { instant, weeksLater } of changes) {
      expect(now + weeksLater * 7 * 86_400_000).toBeGreaterThan(instant);
    }
  });

  test("are none where clocks do not change", () => {
    expect(clockChanges(["Asia/Tokyo", "America/Phoenix", "UTC"], now)).toEqual([]);
  });
});
