import { describe, expect, test } from "vitest";
import { bookingEntry, type CalendarBooking, isOwnUid } from "./rules";

const booking: CalendarBooking = {
  id: "0190b0c0-0000-7000-8000-000000000001",
  status: "confirmed",
  start: "2026-11-27T15:00:00.000Z",
  end: "2026-11-27T15:30:00.000Z",
  hostDisplayName: "Ann",
  callerDisplayName: "Bob",
  note: "About the thesis",
  priceCents: 7500,
  reason: null,
  sequence: 3,
  updatedAt: "2026-11-24T08:00:00.000Z",
};
const page = "https://parley.example/bookings/x";
const entry = (change: Partial<CalendarBooking> = {}, party: "host" | "caller" = "host") =>
  bookingEntry({ ...booking, ...change }, party, page);

describe("the entry of a booking", () => {
  test("names the other side, and is known again by its UID", () => {
    expect(entry()).toMatchObject({ summary: "Conversation with Bob", sequence: 3, url: page });
    expect(entry({}, "caller")).toMatchObject({ summary: "Conversation with Ann", uid: entry().uid });
    expect(entry({ status: "cancelled", sequence: 4 }).uid).toBe(entry().uid);
    expect(isOwnUid(entry().uid)).toBe(true);
    expect(isOwnUid("0190b0c0@google.com")).toBe(false);
  });

  test("tells what it is about, each side in its words", () => {
    expect(entry().description).toBe(`Price: $75.00\n\nBob wrote: About the thesis\n\n${page}`);
    expect(entry({}, "caller").description).toBe(`Price: $75.00\n\nAbout the thesis\n\n${page}`);
    expect(entry({ note: null, status: "requested" }).description).toBe(
      `Awaits your consent\n\nPrice: $75.00\n\n${page}`,
    );
    expect(entry({ note: null, status: "cancelled", reason: "Ill" }).description).toBe(
      `Price: $75.00\n\nReason: Ill\n\n${page}`,
    );
  });

  test.each([
    ["requested", "TENTATIVE", []],
    ["confirmed", "CONFIRMED", [15]],
    ["completed", "CONFIRMED", [15]],
    ["no_show", "CONFIRMED", [15]],
    ["declined", "CANCELLED", []],
    ["cancelled", "CANCELLED", []],
    ["expired", "CANCELLED", []],
  ] as const)("%s is %s", (status, shown, remindersMinutes) => {
    expect(entry({ status })).toMatchObject({ status: shown, remindersMinutes });
  });
});
