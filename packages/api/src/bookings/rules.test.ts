import { describe, expect, test } from "vitest";
import {
  type BookingEvent,
  type BookingParty,
  type BookingStatus,
  bookingParties,
  bookingStatuses,
  bufferedTime,
  endOf,
  isFreeing,
  priceCents,
  refusalOf,
  settledBefore,
  statusOnceMoved,
  transitions,
} from "./rules";

const start = Date.parse("2026-11-24T10:00:00Z");
const end = start + 30 * 60_000;
const hour = 60 * 60_000;
const times = {
  "an hour before": start - hour,
  "at the start": start,
  "a millisecond before the end": end - 1,
  "at the end": end,
  "12 hours after the end": end + 12 * hour,
};
type Time = keyof typeof times;

/** Every combination that is allowed; all that is not listed is refused. */
const allowed: [BookingEvent, BookingParty | null, BookingStatus, Time[]][] = [
  ["accept", "host", "requested", ["an hour before"]],
  ["decline", "host", "requested", ["an hour before"]],
  ["cancel", "host", "requested", ["an hour before", "at the start", "a millisecond before the end"]],
  ["cancel", "host", "confirmed", ["an hour before", "at the start", "a millisecond before the end"]],
  ["cancel", "caller", "requested", ["an hour before", "at the start", "a millisecond before the end"]],
  ["cancel", "caller", "confirmed", ["an hour before", "at the start", "a millisecond before the end"]],
  ["reschedule", "host", "requested", ["an hour before"]],
  ["reschedule", "host", "confirmed", ["an hour before"]],
  ["reschedule", "caller", "requested", ["an hour before"]],
  ["reschedule", "caller", "confirmed", ["an hour before"]],
  [
    "complete",
    "host",
    "confirmed",
    ["at the start", "a millisecond before the end", "at the end", "12 hours after the end"],
  ],
  [
    "markNoShow",
    "host",
    "confirmed",
    ["at the start", "a millisecond before the end", "at the end", "12 hours after the end"],
  ],
  [
    "expire",
    null,
    "requested",
    ["at the start", "a millisecond before the end", "at the end", "12 hours after the end"],
  ],
  ["settle", null, "confirmed", ["12 hours after the end"]],
];

describe("what may become of a booking", () => {
  const events = Object.keys(transitions) as BookingEvent[];
  for (const event of events) {
    test(`${event} happens just where it may`, () => {
      const found: typeof allowed = [];
      for (const party of [...bookingParties, null]) {
        for (const status of bookingStatuses) {
          const when = (Object.keys(times) as Time[]).filter(
            (time) => refusalOf(event, { status, start, end }, party, times[time]) === null,
          );
          if (when.length > 0) found.push([event, party, status, when]);
        }
      }
      expect(found).toEqual(allowed.filter(([name]) => name === event));
    });
  }

  test.each([
    ["accept", "caller", "requested", "an hour before", "forbidden", "Only the host can have a booking accepted"],
    ["accept", "host", "confirmed", "an hour before", "conflict", "A booking that is confirmed cannot be accepted"],
    ["decline", "host", "cancelled", "an hour before", "conflict", "A booking that is cancelled cannot be declined"],
    ["cancel", "caller", "confirmed", "at the end", "conflict", "A booking can be cancelled only before its end"],
    ["reschedule", "caller", "confirmed", "at the start", "conflict", "A booking can be moved only before its start"],
    ["complete", "host", "confirmed", "an hour before", "conflict", "A booking can be completed only after its start"],
    [
      "markNoShow",
      "host",
      "no_show",
      "at the end",
      "conflict",
      "A booking that is marked as missed cannot be marked as missed",
    ],
  ] as const)("%s by the %s of one that is %s, %s, is refused as %s", (event, party, status, time, code, message) => {
    expect(refusalOf(event, { status, start, end }, party, times[time])).toEqual({ code, message });
  });
});

test("a booking that did not happen takes nobody's time; all others do", () => {
  expect(bookingStatuses.filter(isFreeing)).toEqual(["declined", "cancelled", "expired"]);
});

test.each([
  ["requested", "host", false, "requested"],
  ["requested", "host", true, "requested"],
  ["requested", "caller", false, "requested"],
  ["requested", "caller", true, "requested"],
  ["confirmed", "host", false, "confirmed"],
  ["confirmed", "host", true, "confirmed"],
  ["confirmed", "caller", false, "confirmed"],
  ["confirmed", "caller", true, "requested"],
] as const)("a %s booking that the %s moves, with consent needed %s, is %s", (status, by, requiresConsent, moved) => {
  expect(statusOnceMoved(status, by, requiresConsent)).toBe(moved);
});

test.each([
  [250, 30, 7_500],
  [50, 5, 250],
  [99_999, 480, 47_999_520],
])("at %i cents a minute, %i minutes cost %i", (rateCents, minutes, price) => {
  expect(priceCents(rateCents, minutes)).toBe(price);
});

test("a place takes its length by elapsed time, and its buffers on both sides", () => {
  expect(endOf(start, 45)).toBe(start + 45 * 60_000);
  expect(bufferedTime({ start, end }, { bufferBeforeMinutes: 10, bufferAfterMinutes: 5 })).toEqual({
    from: start - 10 * 60_000,
    to: end + 5 * 60_000,
  });
});

test("what ended twelve hours ago is settled", () => {
  expect(settledBefore(new Date("2026-11-24T12:00:00Z"))).toEqual(new Date("2026-11-24T00:00:00Z"));
});
