import { describe, expect, test } from "vitest";
import { type BookingNews, noticesOf, type ToldBooking, whenText } from "./rules";

const booking: ToldBooking = {
  id: "01932d2c-7f3b-7aaa-8bbb-000000000001",
  status: "confirmed",
  start: "2026-12-01T10:00:00.000Z",
  end: "2026-12-01T10:30:00.000Z",
  hostDisplayName: "Hannah",
  callerDisplayName: "Carl",
  hostUsername: "hannah",
  note: null,
  priceCents: 7500,
  reason: null,
  endedBy: null,
  sequence: 0,
  updatedAt: "2026-11-20T10:00:00.000Z",
  people: {
    host: { id: "host", timezone: "America/New_York" },
    caller: { id: "caller", timezone: "Australia/Sydney" },
  },
};

describe("whenText", () => {
  test.each([
    ["UTC", "2026-12-01T10:00:00Z", "2026-12-01T10:30:00Z", "Tuesday, 1 December 2026, 10:00 to 10:30 (UTC)"],
    [
      "America/New_York",
      "2026-12-01T10:00:00Z",
      "2026-12-01T10:30:00Z",
      "Tuesday, 1 December 2026, 05:00 to 05:30 (America/New_York, UTC-05:00)",
    ],
    // The same wall time before and after the clocks change.
    [
      "America/New_York",
      "2026-10-30T13:00:00Z",
      "2026-10-30T13:30:00Z",
      "Friday, 30 October 2026, 09:00 to 09:30 (America/New_York, UTC-04:00)",
    ],
    [
      "America/New_York",
      "2026-11-02T14:00:00Z",
      "2026-11-02T14:30:00Z",
      "Monday, 2 November 2026, 09:00 to 09:30 (America/New_York, UTC-05:00)",
    ],
    // Clocks go back in between.
    [
      "America/New_York",
      "2026-11-01T05:30:00Z",
      "2026-11-01T06:30:00Z",
      "Sunday, 1 November 2026, 01:30 to 01:30 UTC-05:00 (America/New_York, UTC-04:00)",
    ],
    // Midnight in between.
    [
      "Australia/Sydney",
      "2026-12-01T12:45:00Z",
      "2026-12-01T13:15:00Z",
      "Tuesday, 1 December 2026, 23:45 to Wednesday, 2 December 2026, 00:15 (Australia/Sydney, UTC+11:00)",
    ],
    [
      "Asia/Kathmandu",
      "2026-12-01T18:15:00Z",
      "2026-12-01T18:45:00Z",
      "Wednesday, 2 December 2026, 00:00 to 00:30 (Asia/Kathmandu, UTC+05:45)",
    ],
    ["Mars/Olympus", "2026-12-01T10:00:00Z", "2026-12-01T10:30:00Z", "Tuesday, 1 December 2026, 10:00 to 10:30 (UTC)"],
  ])("%s, %s to %s", (timezone, start, end, text) => {
    expect(whenText(start, end, timezone)).toBe(text);
  });
});

describe("noticesOf", () => {
  const endedBy = (party: "host" | "caller", status: "cancelled" | "declined") => ({ endedBy: party, status });
  type Case = [BookingNews, number, Partial<ToldBooking>, [person: string, title: string, isRead: boolean][]];
  test.each<Case>([
    ["requested", 0, { status: "requested" }, [["host", "Carl asks for a conversation with you", false]]],
    [
      "confirmed",
      0,
      {},
      [
        ["host", "Your conversation with Carl is confirmed", false],
        ["caller", "Your conversation with Hannah is confirmed", false],
      ],
    ],
    [
      "confirmed",
      1,
      {},
      [
        ["host", "Your conversation with Carl is confirmed", true],
        ["caller", "Your conversation with Hannah is confirmed", false],
      ],
    ],
    ["declined", 1, endedBy("host", "declined"), [["caller", "Hannah declined your request", false]]],
    [
      "declined",
      2,
      endedBy("host", "declined"),
      [
        ["host", "You declined a conversation with Carl", true],
        ["caller", "Hannah declined your request", false],
      ],
    ],
    [
      "cancelled",
      1,
      endedBy("host", "cancelled"),
      [
        ["host", "You cancelled your conversation with Carl", true],
        ["caller", "Hannah cancelled your conversation", false],
      ],
    ],
    [
      "cancelled",
      1,
      endedBy("caller", "cancelled"),
      [
        ["host", "Carl cancelled your conversation", false],
        ["caller", "You cancelled your conversation with Hannah", true],
      ],
    ],
    [
      "expired",
      1,
      { status: "expired" },
      [
        ["host", "You did not answer Carl in time", false],
        ["caller", "Hannah did not answer your request in time", false],
      ],
    ],
    [
      "rescheduled",
      1,
      {},
      [
        ["host", "Your conversation with Carl was moved", false],
        ["caller", "Your conversation with Hannah was moved", false],
      ],
    ],
    [
      "rescheduled",
      1,
      { status: "requested" },
      [
        ["host", "A new time was asked for your conversation with Carl", false],
        ["caller", "A new time was asked for your conversation with Hannah", false],
      ],
    ],
  ])("%s as version %i, %o", (event, sequence, facts, expected) => {
    const notices = noticesOf(event, sequence, { ...booking, ...facts });
    expect(notices.map(({ userId, title, isRead }) => [userId, title, isRead])).toEqual(expected);
    for (const { type, cause } of notices) {
      expect([type, cause]).toEqual([`booking_${event}`, `booking:${booking.id}:${sequence}:${event}`]);
    }
  });

  test("tell the time in the zone of each, and the reason", () => {
    const [host, caller] = noticesOf("cancelled", 1, {
      ...booking,
      ...endedBy("host", "cancelled"),
      reason: "I am ill",
    });
    expect(host?.body).toBe("Tuesday, 1 December 2026, 05:00 to 05:30 (America/New_York, UTC-05:00)\nI am ill");
    expect(caller?.body).toBe("Tuesday, 1 December 2026, 21:00 to 21:30 (Australia/Sydney, UTC+11:00)\nI am ill");
    expect(caller?.data).toEqual({
      bookingId: booking.id,
      start: booking.start,
      end: booking.end,
      reason: "I am ill",
      username: "hannah",
    });
  });
});
