import { describe, expect, test } from "vitest";
import type { ToldBooking } from "../news/rules";
import { isReminderTimely, remindersOf, reminderTime } from "./rules";

const start = new Date("2026-11-01T06:30:00Z");
const earlier = (minutes: number) => new Date(start.getTime() - minutes * 60_000);
const day = 24 * 60;

describe("reminderTime", () => {
  // By elapsed time, also across the hour that New York has twice that night.
  test.each([
    ["24h", earlier(day + 1), earlier(day)],
    ["24h", earlier(day), null],
    ["24h", earlier(day - 1), null],
    ["15m", earlier(day - 1), earlier(15)],
    ["15m", earlier(15), null],
    ["15m", earlier(0), null],
  ] as const)("%s, asked for at %s: %s", (kind, now, at) => {
    expect(reminderTime(kind, start, now)).toEqual(at);
  });
});

describe("isReminderTimely", () => {
  test.each([
    ["24h", earlier(day), true],
    ["24h", earlier(16), true],
    ["24h", earlier(15), false],
    ["15m", earlier(15), true],
    ["15m", earlier(1), true],
    ["15m", earlier(0), false],
  ] as const)("%s at %s: %s", (kind, now, isTimely) => {
    expect(isReminderTimely(kind, start, now)).toBe(isTimely);
  });
});

test("both sides are reminded, once for each start", () => {
  const booking: ToldBooking = {
    id: "01932d2c-7f3b-7aaa-8bbb-000000000001",
    status: "confirmed",
    start: start.toISOString(),
    end: "2026-11-01T07:00:00.000Z",
    hostDisplayName: "Hannah",
    callerDisplayName: "Carl",
    hostUsername: null,
    note: null,
    priceCents: 7500,
    reason: null,
    endedBy: null,
    sequence: 3,
    updatedAt: "2026-10-20T10:00:00.000Z",
    people: { host: { id: "host", timezone: "UTC" }, caller: { id: "caller", timezone: "UTC" } },
  };
  const told = (["24h", "15m"] as const).flatMap((kind) => remindersOf(kind, booking));
  expect(told.map(({ userId, title, cause }) => [userId, title, cause])).toEqual([
    ["host", "Your conversation with Carl is coming up", `remind:${booking.id}:24h:${booking.start}`],
    ["caller", "Your conversation with Hannah is coming up", `remind:${booking.id}:24h:${booking.start}`],
    ["host", "Your conversation with Carl is about to begin", `remind:${booking.id}:15m:${booking.start}`],
    ["caller", "Your conversation with Hannah is about to begin", `remind:${booking.id}:15m:${booking.start}`],
  ]);
});
