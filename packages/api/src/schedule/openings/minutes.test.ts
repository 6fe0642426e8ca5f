import { readWallClock, type WallClock, walkOpenings } from "@parley/testing/minute-walk";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findOpenings, isOpen, type OpeningsRequest } from "./rules";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Zones, and moments at which their clocks change in one way or another, or nothing much happens. */
const places: [timezone: string, around: string][] = [
  ["America/New_York", "2026-11-01T06:00Z"],
  ["America/New_York", "2026-03-08T07:00Z"],
  ["Europe/London", "2026-03-29T01:00Z"],
  ["Europe/Berlin", "2026-10-25T01:00Z"],
  ["Australia/Sydney", "2026-10-03T16:00Z"],
  // Half an hour.
  ["Australia/Lord_Howe", "2026-10-03T15:30Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
  // Two hours.
  ["Antarctica/Troll", "2026-03-29T01:00Z"],
  ["Antarctica/Troll", "2026-10-25T01:00Z"],
  // A midnight that is skipped, and an hour before midnight that comes twice.
  ["America/Sao_Paulo", "2018-11-04T03:00Z"],
  ["America/Sao_Paulo", "2019-02-17T02:00Z"],
  ["Asia/Beirut", "2026-03-28T22:00Z"],
  ["Asia/Beirut", "2026-10-24T21:00Z"],
  ["Africa/Cairo", "2026-04-23T22:00Z"],
  ["Africa/Cairo", "2026-10-29T21:00Z"],
  // A midnight that comes twice.
  ["America/Havana", "2026-11-01T05:00Z"],
  // A minute past midnight, back into the day before.
  ["America/St_Johns", "2010-11-07T02:31Z"],
  ["America/St_Johns", "2011-03-13T03:31Z"],
  // Forward for a month and back.
  ["Africa/Casablanca", "2026-02-15T02:00Z"],
  ["America/Santiago", "2026-09-06T04:00Z"],
  ["Pacific/Chatham", "2026-09-26T14:00Z"],
  // A whole day is skipped.
  ["Pacific/Apia", "2011-12-30T10:00Z"],
  ["Pacific/Fakaofo", "2011-12-30T10:00Z"],
  // Farthest from UTC, and by odd minutes.
  ["Pacific/Kiritimati", "2026-12-31T10:00Z"],
  ["Pacific/Pago_Pago", "2027-01-01T11:00Z"],
  ["Asia/Kathmandu", "2026-07-01T00:00Z"],
  ["UTC", "2028-02-29T00:00Z"],
];

const clocks = new Map<string, WallClock>();
function clockOf(timezone: string, around: number): WallClock {
  const key = `${timezone} ${around}`;
  const known = clocks.get(key) ?? readWallClock(timezone, around - 26 * day, around + 10 * day);
  clocks.set(key, known);
  return known;
}

/** Minutes of the day near which clocks change, as well as any others. */
const minuteOfDay = fc.oneof(
  { weight: 3, arbitrary: fc.nat(16).map((quarters) => quarters * 15) },
  { weight: 2, arbitrary: fc.nat(8).map((quarters) => 1440 - quarters * 15) },
  { weight: 2, arbitrary: fc.nat(96).map((quarters) => quarters * 15) },
  { weight: 1, arbitrary: fc.nat(1440) },
);
const slot = fc.tuple(minuteOfDay, minuteOfDay).map(([one, other]) => ({
  startMinute: Math.min(one, other, 1439),
  endMinute: Math.max(one, other, Math.min(one, other, 1439) + 1),
}));
const allDay = { startMinute: 0, endMinute: 1440 };
const weekday = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(slot, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant([allDay]) },
);
const week = fc
  .oneof(
    { weight: 6, arbitrary: fc.array(weekday, { minLength: 7, maxLength: 7 }) },
    { weight: 1, arbitrary: fc.constant(Array.from({ length: 7 }, () => [allDay])) },
  )
  .map((days) => days.flatMap((slots, dayOfWeek) => slots.map((one) => ({ dayOfWeek, ...one }))));

const amount = (...values: number[]) => fc.constantFrom(...values);
const rules = fc.record({
  stepMinutes: amount(5, 7, 15, 30, 45, 50, 60, 90, 480),
  bufferBeforeMinutes: amount(0, 0, 5, 10, 60),
  bufferAfterMinutes: amount(0, 0, 15, 45),
  minimumNoticeMinutes: amount(0, 0, 30, 120, 24 * 60, 36 * 60),
  windowDays: amount(1, 2, 3, 60),
  maxPerDay: fc.constantFrom(null, null, 1, 2),
});

/** Instants are told as minutes, or less, from the moment around which all of it happens. */
const request = fc
  .record({
    place: fc.constantFrom(...places),
    weeklySlots: week,
    overrides: fc.uniqueArray(
      fc.record({ daysAfter: fc.integer({ min: -6, max: 6 }), slots: fc.oneof(fc.constant([]), weekday) }),
      { maxLength: 4, selector: ({ daysAfter }) => daysAfter },
    ),
    rules,
    durationMinutes: amount(5, 15, 30, 45, 60, 480),
    reservations: fc.array(
      fc.record({
        start: fc.integer({ min: -4 * 1440, max: 6 * 1440 }),
        seconds: amount(0, 0, 0, 59),
        length: amount(5, 30, 60, 600, 0),
        isHosted: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    from: fc.integer({ min: -3 * 1440, max: 2 * 1440 }),
    length: fc.integer({ min: 1, max: 3 * 1440 }),
    now: fc.integer({ min: -3 * 1440, max: 1440 }),
    milliseconds: amount(0, 0, 1, 59_999),
  })
  .map(({ place: [timezone, moment], overrides, reservations, from, length, now, milliseconds, ...rest }) => {
    const around = Date.parse(moment);
    const at = (minutes: number) => around + minutes * minute;
    const start = at(from) + milliseconds;
    const found: OpeningsRequest = {
      timezone,
      weeklySlots: rest.weeklySlots,
      overrides: overrides.map(({ daysAfter, slots }) => ({
        date: new Date(around + daysAfter * day).toISOString().slice(0, 10),
        slots,
      })),
      rules: { ...rest.rules, durationsMinutes: [rest.durationMinutes], requiresConsent: false },
      taken: reservations.map(({ start: begin, seconds, length: minutes }) => {
        const taken = at(begin) + seconds * 1_000;
        return { start: taken, end: taken + minutes * minute };
      }),
      hostedStarts: reservations.filter(({ isHosted }) => isHosted).map(({ start: begin }) => at(begin)),
      now: start + now * minute - milliseconds,
      from: start,
      to: start + length * minute,
      durationMinutes: rest.durationMinutes,
    };
    return { around, request: found };
  });

test("openings are those that are found by walking minute by minute, and each can be booked, and nothing else can", () => {
  const numRuns = 20_000;
  let listed = 0;
  let unlisted = 0;
  fc.assert(
    fc.property(request, fc.nat(), fc.nat(), ({ around, request: asked }, pick, other) => {
      const openings = findOpenings(asked);
      expect(openings).toEqual(walkOpenings(asked, clockOf(asked.timezone, around)));

      const one = openings[pick % openings.length];
      if (one !== undefined) {
        listed += 1;
        expect(isOpen(asked, one)).toBe(true);
      }
      const another = asked.from + (other % (asked.to - asked.from));
      const near = [another, another - (another % (5 * minute)), (one ?? another) + minute, (one ?? another) + 1];
      for (const instant of near) {
        if (instant < asked.from || instant >= asked.to || openings.includes(instant)) continue;
        unlisted += 1;
        expect(isOpen(asked, instant)).toBe(false);
      }
    }),
    { numRuns },
  );
  // Had nearly all of them been closed, nothing would have been shown.
  expect(listed).toBeGreaterThan(numRuns / 3);
  expect(unlisted).toBeGreaterThan(numRuns);
}, 240_000);
