import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { maxDaySlots, overridesInput, removeOverrideInput, saveOverrideInput, saveOverridesInput } from "./schema";

/** Field to message, as a caller reads it. */
function problems(schema: z.ZodType, input: unknown): Record<string, string> {
  const issues = schema.safeParse(input).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

const date = "2026-12-24";
const slot = (startMinute: number, endMinute: number) => ({ startMinute, endMinute });
const many = (length: number) => Array.from({ length }, (_, n) => slot(n * 30, n * 30 + 30));
const noDate = "must be a date as YYYY-MM-DD";

describe("saveOverrideInput", () => {
  test.each([
    ["a closed date", []],
    ["a date from end to end", [slot(0, 1440)]],
    ["slots that touch, in any order", [slot(720, 780), slot(600, 720)]],
    ["as many slots as there may be", many(maxDaySlots)],
  ])("takes %s", (_, slots) => {
    expect(problems(saveOverrideInput, { date, slots })).toEqual({});
  });

  test.each([
    ["nothing", {}, { date: "is required", slots: "is required" }],
    ["no slots", { date }, { slots: "is required" }],
    [
      "a slot that ends as it starts",
      { date, slots: [slot(60, 60)] },
      { "slots.0.endMinute": "must be after the start" },
    ],
    [
      "a slot that starts as the day ends",
      { date, slots: [slot(1440, 1440)] },
      { "slots.0.startMinute": "must be before the end of the day" },
    ],
    ["a slot beyond the day", { date, slots: [slot(60, 1441)] }, { "slots.0.endMinute": "must be at most 1440" }],
    [
      "slots that overlap",
      { date, slots: [slot(60, 120), slot(200, 300), slot(119, 130)] },
      { "slots.2": "overlaps another slot on the same day" },
    ],
    [
      "more slots than there may be",
      { date, slots: many(maxDaySlots + 1) },
      { slots: `must have at most ${maxDaySlots} entries` },
    ],
  ])("refuses %s", (_, input, faults) => {
    expect(problems(saveOverrideInput, input)).toEqual(faults);
  });

  test.each([
    "2026-02-30",
    "2026-13-01",
    "2027-02-29",
    "26-12-24",
    "2026-12-24T00:00:00Z",
    "",
    "tomorrow",
    "0000-01-01",
  ])("refuses %j as a date", (wrong) => {
    expect(problems(saveOverrideInput, { date: wrong, slots: [] })).toEqual({ date: noDate });
    expect(problems(removeOverrideInput, { date: wrong })).toEqual({ date: noDate });
  });
});

describe.each([
  ["overridesInput", overridesInput, {}],
  ["saveOverridesInput", saveOverridesInput, { slots: [] }],
])("%s", (_, schema, rest) => {
  test.each([
    ["one day", "2026-12-24", "2026-12-24", {}],
    ["366 days", "2027-01-01", "2028-01-01", {}],
    ["a leap year", "2028-01-01", "2028-12-31", {}],
    ["367 days", "2027-01-01", "2028-01-02", { to: "must make at most 366 days with the first" }],
    ["a range that is reversed", "2026-12-24", "2026-12-23", { to: "must not be before the first day" }],
    ["a date that is none", "2026-02-29", "2026-03-01", { from: noDate }],
    ["two dates that are none", "yesterday", "tomorrow", { from: noDate, to: noDate }],
  ])("%s", (_, from, to, faults) => {
    expect(problems(schema, { from, to, ...rest })).toEqual(faults);
  });
});

test("overlapping slots are found beside a range that is reversed", () => {
  const input = { from: "2026-12-24", to: "2026-12-23", slots: [slot(0, 60), slot(30, 90)] };
  expect(Object.keys(problems(saveOverridesInput, input))).toContain("slots.1");
});
