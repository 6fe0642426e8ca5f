import { describe, expect, test } from "vitest";
import { bookingRulesBounds as bounds, defaultBookingRules, repeatedAt } from "./rules";
import { saveBookingRulesInput } from "./schema";

/** Field to message, as a caller reads it. */
function problems(changes: object): Record<string, string> {
  const issues = saveBookingRulesInput.safeParse({ ...defaultBookingRules, ...changes }).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

describe("saveBookingRulesInput", () => {
  test.each([
    ["those that everybody starts with", {}],
    ["the least of everything", extremes("min")],
    ["the most of everything", extremes("max")],
    ["a host without a limit a day", { maxPerDay: null }],
    ["lengths in any order", { durationsMinutes: [60, 15, 30] }],
    ["a version to compare", { expectedVersion: 0 }],
  ])("takes %s", (_, changes) => {
    expect(problems(changes)).toEqual({});
  });

  test.each([
    ["no length", { durationsMinutes: [] }, { durationsMinutes: "must have at least 1 entry" }],
    [
      "eleven lengths",
      { durationsMinutes: Array.from({ length: 11 }, (_, n) => 10 + n) },
      { durationsMinutes: "must have at most 10 entries" },
    ],
    [
      "lengths that are too short, too long, broken, no number",
      { durationsMinutes: [4, 481, 15.5, "30"] },
      {
        "durationsMinutes.0": "must be at least 5",
        "durationsMinutes.1": "must be at most 480",
        "durationsMinutes.2": "must be a whole number",
        "durationsMinutes.3": "must be a number",
      },
    ],
    ["a length twice", { durationsMinutes: [30, 15, 30] }, { "durationsMinutes.2": "is in the list already" }],
    ["a step of nothing", { stepMinutes: 0 }, { stepMinutes: "must be at least 5" }],
    ["a step beyond eight hours", { stepMinutes: 481 }, { stepMinutes: "must be at most 480" }],
    ["a buffer before nothing", { bufferBeforeMinutes: -1 }, { bufferBeforeMinutes: "must be at least 0" }],
    ["a buffer beyond eight hours", { bufferAfterMinutes: 481 }, { bufferAfterMinutes: "must be at most 480" }],
    [
      "a notice beyond thirty days",
      { minimumNoticeMinutes: 43_201 },
      { minimumNoticeMinutes: "must be at most 43200" },
    ],
    ["a window of no day", { windowDays: 0 }, { windowDays: "must be at least 1" }],
    ["a window beyond a year", { windowDays: 366 }, { windowDays: "must be at most 365" }],
    ["no booking a day", { maxPerDay: 0 }, { maxPerDay: "must be at least 1" }],
    ["more bookings a day than there may be", { maxPerDay: 101 }, { maxPerDay: "must be at most 100" }],
    ["a limit a day left out", { maxPerDay: undefined }, { maxPerDay: "is required" }],
    ["consent in words", { requiresConsent: "yes" }, { requiresConsent: "must be a boolean" }],
  ])("refuses %s", (_, changes, faults) => {
    expect(problems(changes)).toEqual(faults);
  });
});

test("repeatedAt finds what stood in the list before", () => {
  expect(repeatedAt([])).toEqual([]);
  expect(repeatedAt([15, 30, 45])).toEqual([]);
  expect(repeatedAt([15, 30, 15, 15, 30])).toEqual([2, 3, 4]);
});

function extremes(end: "min" | "max") {
  return {
    durationsMinutes: [bounds.durationMinutes[end]],
    stepMinutes: bounds.stepMinutes[end],
    bufferBeforeMinutes: bounds.bufferMinutes[end],
    bufferAfterMinutes: bounds.bufferMinutes[end],
    minimumNoticeMinutes: bounds.minimumNoticeMinutes[end],
    windowDays: bounds.windowDays[end],
    maxPerDay: bounds.maxPerDay[end],
  };
}
