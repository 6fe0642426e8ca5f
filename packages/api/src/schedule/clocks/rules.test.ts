import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { clocksBetween, firstInstantOf, isSkipped, lastInstantOf, millisecondsPerDay, wallTimeAt } from "./rules";

const at = (text: string) => Date.parse(text);
/** What clocks show, as if it were UTC. */
const wall = (text: string) => Date.parse(`${text}Z`);
const spelt = (instant: number) => new Date(instant).toISOString().slice(0, 16);

describe("wall times", () => {
  test.each([
    ["any", "Europe/Berlin", "2026-07-01T09:00", "2026-07-01T07:00", "2026-07-01T07:00"],
    ["one that is skipped", "America/New_York", "2026-03-08T02:30", "2026-03-08T07:30", "2026-03-08T07:30"],
    ["the end of what is skipped", "America/New_York", "2026-03-08T03:00", "2026-03-08T07:00", "2026-03-08T07:00"],
    ["one that comes twice", "America/New_York", "2026-11-01T01:30", "2026-11-01T05:30", "2026-11-01T06:30"],
    ["the end of what comes twice", "America/New_York", "2026-11-01T02:00", "2026-11-01T07:00", "2026-11-01T07:00"],
    ["a midnight that comes twice", "America/Havana", "2026-11-01T00:00", "2026-11-01T04:00", "2026-11-01T05:00"],
    ["half an hour", "Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "2026-04-04T15:15"],
    ["a day that is skipped", "Pacific/Apia", "2011-12-30T09:00", "2011-12-30T19:00", "2011-12-30T19:00"],
  ])("%s in %s", (_, timezone, text, first, last) => {
    const clocks = clocksBetween(timezone, wall(text), wall(text));
    expect(spelt(firstInstantOf(clocks, wall(text)))).toBe(first);
    expect(spelt(lastInstantOf(clocks, wall(text)))).toBe(last);
  });

  test("come when Temporal says they come, in whatever zone and year", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"), "UTC", "Europe/Kyiv", "EST5EDT", "Etc/GMT-14");
    const minute = fc.integer({ min: at("1975-01-01T00:00Z") / 60_000, max: at("2080-01-01T00:00Z") / 60_000 });
    fc.assert(
      fc.property(zones, minute, (timezone, sinceEpoch) => {
        // Near a change, if there is one within the year.
        const start = Temporal.Instant.fromEpochMilliseconds(sinceEpoch * 60_000).toZonedDateTimeISO(timezone);
        const change = start.getTimeZoneTransition("next")?.epochMilliseconds;
        const around = change === undefined ? sinceEpoch * 60_000 : change + (sinceEpoch % 240) * 60_000;
        const clocks = clocksBetween(timezone, around, around);
        const shown = Temporal.Instant.fromEpochMilliseconds(around).toZonedDateTimeISO(timezone).toPlainDateTime();
        const wallTime = shown.toZonedDateTime("UTC").epochMilliseconds;
        expect(wallTimeAt(clocks, around)).toBe(wallTime);
        for (const hours of [-2, -1, 0, 1, 2]) {
          const time = shown.add({ hours });
          const [first, last] = (["compatible", "later"] as const).map(
            (disambiguation) => time.toZonedDateTime(timezone, { disambiguation }).epochMilliseconds,
          );
          expect(firstInstantOf(clocks, wallTime + hours * 3_600_000)).toBe(first);
          expect(lastInstantOf(clocks, wallTime + hours * 3_600_000)).toBe(last);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("dates", () => {
  const isThere = (timezone: string, date: string) =>
    !isSkipped(
      clocksBetween(timezone, wall(`${date}T00:00`), wall(`${date}T00:00`) + millisecondsPerDay),
      wall(`${date}T00:00`),
    );

  test("are skipped where a zone moves over the date line, and nowhere else", () => {
    expect(["2011-12-29", "2011-12-30", "2011-12-31"].map((date) => isThere("Pacific/Apia", date))).toEqual([
      ...[true, false, true],
    ]);
    expect(isThere("Asia/Beirut", "2026-03-29")).toBe(true);
  });
});

test("clocks of many years are those of each", () => {
  const [from, to] = [at("2000-01-01T00:00Z"), at("2030-01-01T00:00Z")];
  const { changes } = clocksBetween("Europe/Berlin", from, to);
  const times = changes.map((change) => change.at).filter((time) => time >= from && time < to);
  expect(times).toHaveLength(60);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(changes.every((change, index) => index === 0 || changes[index - 1]?.after === change.before)).toBe(true);
});

test("a zone that does not exist has none", () => {
  expect(() => clocksBetween("Mars/Olympus", 0, 0)).toThrow(RangeError);
});
