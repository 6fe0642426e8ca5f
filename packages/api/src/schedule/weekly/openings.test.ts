import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTimezone, nextClockChange, openingsBetween, weekAsSeen } from "./rules";

const at = (text: string) => Date.parse(text);
const hours = (dayOfWeek: number, startHour: number, endHour: number) => ({
  dayOfWeek,
  startMinute: startHour * 60,
  endMinute: endHour * 60,
});
const spelt = (openings: { start: number; end: number }[]) =>
  openings.map(({ start, end }) => `${new Date(start).toISOString()} ${new Date(end).toISOString()}`);

describe("openingsBetween", () => {
  const mondayToFriday = [1, 2, 3, 4, 5].map((day) => hours(day, 9, 17));

  test("is each date's own hours, on both sides of a clock change", () => {
    const openings = openingsBetween(
      [hours(6, 9, 17), hours(1, 9, 17)],
      "America/New_York",
      at("2026-10-31T00:00:00Z"),
      at("2026-11-04T00:00:00Z"),
    );
    expect(spelt(openings)).toEqual([
      "2026-10-31T13:00:00.000Z 2026-10-31T21:00:00.000Z",
      "2026-11-02T14:00:00.000Z 2026-11-02T22:00:00.000Z",
    ]);
  });

  test("cuts what reaches over either end", () => {
    const openings = openingsBetween(mondayToFriday, "UTC", at("2026-11-23T12:00:00Z"), at("2026-11-24T10:30:00Z"));
    expect(spelt(openings)).toEqual([
      "2026-11-23T12:00:00.000Z 2026-11-23T17:00:00.000Z",
      "2026-11-24T09:00:00.000Z 2026-11-24T10:30:00.000Z",
    ]);
  });

  test("joins hours over midnight, and over the end of a week", () => {
    const openings = openingsBetween(
      [hours(6, 22, 24), hours(0, 0, 2)],
      "Asia/Tokyo",
      at("2026-11-20T00:00:00Z"),
      at("2026-11-27T00:00:00Z"),
    );
    expect(spelt(openings)).toEqual(["2026-11-21T13:00:00.000Z 2026-11-21T17:00:00.000Z"]);
  });

  test("holds nothing where there are no hours, or no time to look at", () => {
    expect(openingsBetween([], "Europe/Berlin", 0, at("2026-11-24T10:30:00Z"))).toEqual([]);
    const noon = at("2026-11-23T12:00:00Z");
    expect(openingsBetween(mondayToFriday, "UTC", noon, noon)).toEqual([]);
  });

  test("of a stretch is that of its parts", () => {
    const zones = fc.constantFrom("UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu");
    const anInstant = fc.integer({
      min: at("2011-12-20T00:00:00Z") / 900_000,
      max: at("2012-01-10T00:00:00Z") / 900_000,
    });
    fc.assert(
      fc.property(zones, fc.tuple(anInstant, anInstant, anInstant), (timezone, times) => {
        const [from = 0, between = 0, to = 0] = times.map((time) => time * 900_000).toSorted((a, b) => a - b);
        const length = (openings: { start: number; end: number }[]) =>
          openings.reduce((sum, { start, end }) => sum + end - start, 0);
        const whole = openingsBetween(mondayToFriday, timezone, from, to);
        const parts = [[from, between] as const, [between, to] as const].flatMap(([start, end]) =>
          openingsBetween(mondayToFriday, timezone, start, end),
        );
        expect(length(parts)).toBe(length(whole));
      }),
      { numRuns: 60 },
    );
  });
});

describe("weekAsSeen", () => {
  const opening = (start: string, end: string) => ({ start: at(start), end: at(end) });

  test("splits at the viewer's midnight, in the order of the days asked for", () => {
    const openings = [opening("2026-11-22T22:00:00Z", "2026-11-23T06:00:00Z")];
    expect(weekAsSeen(openings, "Europe/Berlin", "2026-11-16")).toEqual([hours(0, 23, 24)]);
    expect(weekAsSeen(openings, "Europe/Berlin", "2026-11-22")).toEqual([hours(0, 23, 24), hours(1, 0, 7)]);
    expect(weekAsSeen(openings, "America/Los_Angeles", "2026-11-16")).toEqual([hours(0, 14, 22)]);
  });

  test("follows the viewer's clocks", () => {
    const openings = [
      opening("2026-10-24T12:00:00Z", "2026-10-24T13:00:00Z"),
      opening("2026-10-25T12:00:00Z", "2026-10-25T13:00:00Z"),
    ];
    expect(weekAsSeen(openings, "Europe/Berlin", "2026-10-19")).toEqual([hours(6, 14, 15), hours(0, 13, 14)]);
  });

  test("shows what spans a repeated hour by its wall time, and what would end before its start by its length", () => {
    const spanning = [opening("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z")];
    expect(weekAsSeen(spanning, "Europe/Berlin", "2026-10-25")).toEqual([hours(0, 1, 4)]);
    const turned = [opening("2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z")];
    expect(weekAsSeen(turned, "Europe/Berlin", "2026-10-25")).toEqual([
      { dayOfWeek: 0, startMinute: 165, endMinute: 195 },
    ]);
  });

  test("has nothing on a date that the viewer's zone skips", () => {
    const openings = [opening("2011-12-30T00:00:00Z", "2011-12-31T00:00:00Z")];
    expect(weekAsSeen(openings, "Pacific/Apia", "2011-12-25")).toEqual([hours(4, 14, 24), hours(6, 0, 14)]);
  });

  test("shows a viewer in the schedule's own zone what was written, where no clock changes", () => {
    const week = [hours(1, 0, 24), hours(3, 9, 12), hours(5, 22, 24)];
    const openings = openingsBetween(week, "Asia/Tokyo", at("2026-11-21T00:00:00Z"), at("2026-12-01T00:00:00Z"));
    expect(weekAsSeen(openings, "Asia/Tokyo", "2026-11-22")).toEqual(week);
  });
});

describe("nextClockChange", () => {
  test.each([
    ["Europe/Berlin", "2026-11-21T00:00:00Z", "2027-03-28T01:00:00Z"],
    ["America/New_York", "2026-11-01T05:59:59Z", "2026-11-01T06:00:00Z"],
    ["America/New_York", "2026-11-01T06:00:00Z", "2027-03-14T07:00:00Z"],
  ])("in %s after %s", (timezone, after, expected) => {
    expect(nextClockChange(timezone, at(after))).toBe(at(expected));
  });

  test.each(["UTC", "Asia/Tokyo"])("there is none in %s", (timezone) => {
    expect(nextClockChange(timezone, at("2026-11-21T00:00:00Z"))).toBeNull();
  });
});

test("a time zone is what this runtime can reckon with, by an IANA name", () => {
  expect(["UTC", "Europe/Kyiv", "Etc/GMT-14", "EST5EDT", "europe/berlin"].every(isTimezone)).toBe(true);
  expect(["", "Mars/Olympus", "+02:00", "Europe/", "/UTC", "Europe/Berlin[u-ca=iso8601]"].some(isTimezone)).toBe(false);
});
