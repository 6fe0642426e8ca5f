import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { minutesPerDay, overlappingSlots, projectWeekToUtc, sortSlots, utcWeekStart, type WeeklySlot } from "./rules";

const [sunday, monday, tuesday, saturday] = [0, 1, 2, 6];

/** "1 09:00-17:00": a slot on Monday. */
function slot(spelling: string): WeeklySlot {
  const [, day, ...time] = /^(\d) (\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(spelling) ?? [];
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = time.map(Number);
  return { dayOfWeek: Number(day), startMinute: startHour * 60 + startMinute, endMinute: endHour * 60 + endMinute };
}
const slots = (...spellings: string[]) => spellings.map(slot);

const anySlot = fc
  .tuple(fc.nat(6), fc.nat(minutesPerDay - 1), fc.integer({ min: 1, max: minutesPerDay }))
  .map(([dayOfWeek, a, b]) => ({ dayOfWeek, startMinute: Math.min(a, b), endMinute: Math.max(a + 1, b) }));
const anySlots = fc.array(anySlot, { maxLength: 70 });
const anyWeek = fc.array(anySlot, { maxLength: 14 }).map((some) => {
  const clashing = new Set(overlappingSlots(some));
  return some.filter((_, index) => !clashing.has(index));
});

/** How many slots hold each minute of a week. */
function coverage(some: readonly WeeklySlot[]): number[] {
  const count = new Array<number>(7 * minutesPerDay).fill(0);
  for (const { dayOfWeek, startMinute, endMinute } of some) {
    for (let minute = startMinute; minute < endMinute; minute += 1) {
      const index = dayOfWeek * minutesPerDay + minute;
      count[index] = (count[index] ?? 0) + 1;
    }
  }
  return count;
}

describe("sortSlots", () => {
  test("orders by day, then start, and leaves its argument alone", () => {
    fc.assert(
      fc.property(anySlots, (some) => {
        const before = structuredClone(some);
        const sorted = sortSlots(some);
        expect(some).toEqual(before);
        expect(new Set(sorted)).toEqual(new Set(some));
        expect(sorted).toHaveLength(some.length);
        const places = sorted.map(({ dayOfWeek, startMinute }) => dayOfWeek * minutesPerDay + startMinute);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe("overlappingSlots", () => {
  test.each([
    ["nothing", slots(), []],
    ["one alone", slots("1 09:00-17:00"), []],
    ["touching", slots("1 09:00-12:00", "1 12:00-17:00"), []],
    ["touching, the later first", slots("1 12:00-17:00", "1 09:00-12:00"), []],
    ["the same hours on two days", slots("1 09:00-17:00", "2 09:00-17:00"), []],
    ["midnight between two days", slots("1 20:00-24:00", "2 00:00-02:00"), []],
    ["by a minute", slots("1 09:00-12:00", "1 11:59-17:00"), [1]],
    ["twice the same", slots("1 09:00-12:00", "1 09:00-12:00"), [1]],
    ["one within another", slots("1 10:00-11:00", "1 09:00-12:00"), [1]],
    ["two within the first", slots("1 09:00-17:00", "1 10:00-11:00", "1 12:00-13:00"), [1, 2]],
    ["the second of three", slots("1 09:00-10:00", "1 09:30-11:00", "1 11:00-12:00"), [1]],
  ])("%s", (_, some, expected) => {
    expect(overlappingSlots(some)).toEqual(expected);
  });

  test("finds something just where a minute is held twice", () => {
    fc.assert(
      fc.property(anySlots, (some) => {
        const isHeldTwice = coverage(some).some((count) => count > 1);
        expect(overlappingSlots(some).length > 0).toBe(isHeldTwice);
      }),
    );
  });
});

describe("utcWeekStart", () => {
  test.each([
    ["2026-11-22T00:00:00.000Z", "2026-11-22"],
    ["2026-11-21T23:59:59.999Z", "2026-11-15"],
    ["2026-11-25T12:00:00.000Z", "2026-11-22"],
    ["2027-01-01T00:00:00.000Z", "2026-12-27"],
  ])("%s lies in the week of %s", (now, start) => {
    expect(utcWeekStart(new Date(now))).toBe(start);
  });
});

describe("projectWeekToUtc", () => {
  test.each([
    [
      "keeps UTC",
      "UTC",
      "2026-11-22",
      slots("1 09:00-17:00", "3 00:00-24:00"),
      slots("1 09:00-17:00", "3 00:00-24:00"),
    ],
    ["joins what touches", "UTC", "2026-11-22", slots("1 09:00-12:00", "1 12:00-17:00"), slots("1 09:00-17:00")],
    ["sorts", "UTC", "2026-11-22", slots("3 09:00-10:00", "1 09:00-10:00"), slots("1 09:00-10:00", "3 09:00-10:00")],
    ["shifts by the offset", "America/New_York", "2026-11-22", slots("1 09:00-17:00"), slots("1 14:00-22:00")],
    ["which changes with the season", "America/New_York", "2026-07-05", slots("1 09:00-17:00"), slots("1 13:00-21:00")],
    [
      "and within the week: Sunday after the change, Saturday before it",
      "America/New_York",
      "2026-10-25",
      slots("0 09:00-10:00", "6 09:00-10:00"),
      slots("0 13:00-14:00", "6 13:00-14:00"),
    ],
    [
      "splits at midnight",
      "America/New_York",
      "2026-11-22",
      slots("1 18:00-23:00"),
      slots("1 23:00-24:00", "2 00:00-04:00"),
    ],
    [
      "takes the hours of Sunday's beginning from next week's local Sunday and this one's",
      "Pacific/Auckland",
      "2026-11-22",
      slots("0 09:00-17:00"),
      slots("0 00:00-04:00", "6 20:00-24:00"),
    ],
    [
      "reaches back to the local Saturday before",
      "America/Los_Angeles",
      "2026-11-22",
      slots("6 15:00-20:00"),
      slots("0 00:00-04:00", "6 23:00-24:00"),
    ],
    [
      "joins across local midnight",
      "Asia/Kolkata",
      "2026-11-22",
      slots("1 22:00-24:00", "2 00:00-02:00"),
      slots("1 16:30-20:30"),
    ],
    [
      "moves a skipped start and end forward by the gap",
      "America/New_York",
      "2026-03-08",
      slots("0 01:30-02:30"),
      slots("0 06:30-07:30"),
    ],
    [
      "leaves nothing of a skipped start before an unskipped end",
      "America/New_York",
      "2026-03-08",
      slots("0 02:30-03:15"),
      [],
    ],
    [
      "takes the first of two starts and the second of two ends",
      "America/New_York",
      "2026-11-01",
      slots("0 01:00-01:30"),
      slots("0 05:00-06:30"),
    ],
    ["knows gaps of half an hour", "Australia/Lord_Howe", "2026-10-04", slots("0 01:00-03:00"), slots("6 14:00-16:00")],
    ["has no hours on a date that the zone skips", "Pacific/Apia", "2011-12-25", slots("5 09:00-17:00"), []],
  ])("%s", (_, timezone, weekStart, some, expected) => {
    expect(projectWeekToUtc(some, timezone, weekStart)).toEqual(expected);
  });

  test("refuses a zone that does not exist", () => {
    expect(() => projectWeekToUtc(slots("1 09:00-10:00"), "Mars/Olympus", "2026-11-22")).toThrow(RangeError);
  });

  test("in UTC holds the same minutes", () => {
    fc.assert(
      fc.property(anyWeek, (week) => {
        expect(coverage(projectWeekToUtc(week, "UTC", "2026-11-22"))).toEqual(coverage(week));
      }),
    );
  });

  test("agrees with walking through the week minute by minute, about clock changes of many kinds", () => {
    const places = fc.constantFrom(
      ...[
        "America/New_York",
        "America/Havana",
        "America/Santiago",
        "Europe/London",
        "Antarctica/Troll",
        "Africa/Cairo",
      ],
      ...["Asia/Beirut", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia"],
      ...["Pacific/Kiritimati", "Pacific/Pago_Pago"],
    );
    const week = fc.oneof(
      fc.constantFrom("2011-12-25", "2025-03-30", "2025-10-26", "2026-03-08", "2026-03-29", "2026-04-05", "2026-04-19"),
      fc.constantFrom("2026-09-06", "2026-09-27", "2026-10-04", "2026-10-25", "2026-11-01"),
      fc.nat(520).map((weeks) => Temporal.PlainDate.from("2020-01-05").add({ weeks }).toString()),
    );
    fc.assert(
      fc.property(anyWeek, places, week, (some, timezone, weekStart) => {
        const projected = projectWeekToUtc(some, timezone, weekStart);
        expect(coverage(projected)).toEqual(walk(some, timezone, weekStart));
        expect(projected).toEqual(sortSlots(projected));
        expect(projected.every((one, index) => isApart(one, projected[index + 1]))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("names the days as weeks do: Sunday is 0", () => {
    const oneADay = [sunday, monday, tuesday, saturday].map((dayOfWeek) => ({
      dayOfWeek,
      startMinute: 720,
      endMinute: 721,
    }));
    expect(projectWeekToUtc(oneADay, "UTC", "2026-11-22")).toEqual(oneADay);
  });
});

function isApart(one: WeeklySlot, next: WeeklySlot | undefined): boolean {
  return next === undefined || one.dayOfWeek < next.dayOfWeek || one.endMinute < next.startMinute;
}

/** The same by brute force, from instants to wall time alone: the direction in which nothing is ambiguous. */
function walk(some: readonly WeeklySlot[], timezone: string, weekStart: string): number[] {
  const origin = Temporal.PlainDate.from(weekStart).toZonedDateTime("UTC").epochMilliseconds / 60_000;
  const [from, to] = [-3 * minutesPerDay, 10 * minutesPerDay];
  const wall: number[] = [];
  let offset = 0;
  for (let minute = from; minute < to; minute += 1) {
    if (minute % 15 === 0) {
      const instant = Temporal.Instant.fromEpochMilliseconds((origin + minute) * 60_000);
      offset = instant.toZonedDateTimeISO(timezone).offsetNanoseconds / 60e9;
    }
    wall.push(minute + offset);
  }
  const first = (time: number) => (wall.includes(time) ? wall.indexOf(time) : afterGap(time)) + from;
  const last = (time: number) => (wall.includes(time) ? wall.lastIndexOf(time) : afterGap(time)) + from;
  const afterGap = (time: number) => {
    const landing = wall.findIndex((at) => at > time);
    return wall.indexOf(time + (wall[landing] ?? 0) - (wall[landing - 1] ?? 0) - 1);
  };

  const open = new Array<number>(7 * minutesPerDay).fill(0);
  for (let day = -2; day <= 8; day += 1) {
    const doesExist = wall.some((at) => Math.floor(at / minutesPerDay) === day);
    for (const { dayOfWeek, startMinute, endMinute } of some) {
      if (!doesExist || dayOfWeek !== (day + 7) % 7) continue;
      const start = Math.max(0, first(day * minutesPerDay + startMinute));
      const end = Math.min(open.length, last(day * minutesPerDay + endMinute));
      if (start < end) open.fill(1, start, end);
    }
  }
  return open;
}
