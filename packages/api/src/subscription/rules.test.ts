import { describe, expect, test } from "vitest";
import { customerStatus, daysRemaining, renewedUntil, statusAt } from "./rules";

test.each([
  // As in the example of document 003.
  ["2026-06-15T00:00:00Z", "2026-02-08T00:00:00Z", 127],
  ["2026-06-15T00:00:00Z", "2026-02-08T09:15:00Z", 126],
  ["2026-02-09T09:14:59Z", "2026-02-08T09:15:00Z", 0],
  ["2020-01-01T00:00:00Z", "2026-02-08T09:15:00Z", 0],
])("until %s there remain, at %s, %s whole days", (expiresAt, now, days) => {
  expect(daysRemaining(new Date(expiresAt), new Date(now))).toBe(days);
});

describe("a renewal", () => {
  test.each([
    ["2026-01-31T10:00:00Z", 1, "2026-02-01T00:00:00Z", "2026-02-28T10:00:00.000Z"],
    // The day of the month is not lost to a short month on the way.
    ["2026-01-31T10:00:00Z", 1, "2026-03-05T00:00:00Z", "2026-03-31T10:00:00.000Z"],
    ["2026-01-31T10:00:00Z", 12, "2026-01-31T10:00:00Z", "2027-01-31T10:00:00.000Z"],
    ["2020-02-29T00:00:00Z", 12, "2026-01-01T00:00:00Z", "2026-02-28T00:00:00.000Z"],
  ])("of %s by %s months outlasts %s until %s", (expiresAt, months, now, until) => {
    expect(renewedUntil(new Date(expiresAt), months, new Date(now)).toISOString()).toBe(until);
  });
});

test.each([
  ["active", "2026-01-02T00:00:00Z", "active"],
  ["active", "2026-01-01T00:00:00Z", "expired"],
  ["suspended", "2025-01-01T00:00:00Z", "suspended"],
  ["cancelled", "2027-01-01T00:00:00Z", "cancelled"],
] as const)("%s until %s is %s on 1 January 2026", (status, expiresAt, shown) => {
  expect(statusAt({ status, expiresAt: new Date(expiresAt) }, new Date("2026-01-01T00:00:00Z"))).toBe(shown);
});

test.each([
  ["active", 1, "2026-01-02T00:00:00Z", "subscriber:monthly"],
  ["active", 3, "2026-01-02T00:00:00Z", "subscriber:quarterly"],
  ["active", 6, "2026-01-02T00:00:00Z", "subscriber:half-yearly"],
  ["active", 12, "2026-01-02T00:00:00Z", "subscriber:yearly"],
  ["active", 7, "2026-01-02T00:00:00Z", "subscriber:7-months"],
  ["active", 1, "2026-01-01T00:00:00Z", "free"],
  ["expired", 1, "2026-01-02T00:00:00Z", "free"],
  ["cancelled", 1, "2027-01-01T00:00:00Z", "free"],
  ["suspended", 1, "2027-01-01T00:00:00Z", "free"],
] as const)("who is %s for %i months until %s is %s on 1 January 2026", (status, termMonths, expiresAt, shown) => {
  const plan = { status, termMonths, expiresAt: new Date(expiresAt) };
  expect(customerStatus(plan, new Date("2026-01-01T00:00:00Z"))).toBe(shown);
});

test("whoever never had a plan is free", () => {
  expect(customerStatus(null, new Date("2026-01-01T00:00:00Z"))).toBe("free");
});
