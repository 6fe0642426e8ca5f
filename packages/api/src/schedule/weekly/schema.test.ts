import { describe, expect, test } from "vitest";
import { maxWeeklySlots } from "./rules";
import { saveLocalWeekInput, saveWeeklyInput } from "./schema";

const good = { dayOfWeek: 1, startMinute: 540, endMinute: 1020 };

/** Field to message, as a caller reads it. */
function problems(input: unknown): Record<string, string> {
  const issues = saveWeeklyInput.safeParse(input).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

describe("saveWeeklyInput", () => {
  test.each([
    ["no slots", { slots: [] }],
    ["a day from end to end", { slots: [{ dayOfWeek: 0, startMinute: 0, endMinute: 1440 }] }],
    ["the last minute of a week", { slots: [{ dayOfWeek: 6, startMinute: 1439, endMinute: 1440 }] }],
    ["slots that touch", { slots: [good, { ...good, startMinute: 1020, endMinute: 1080 }] }],
    ["one slot on each of two days", { slots: [good, { ...good, dayOfWeek: 2 }] }],
    ["as many slots as there may be", { slots: manySlots(maxWeeklySlots) }],
    ["a version to compare", { slots: [], expectedVersion: 0 }],
  ])("takes %s", (_, input) => {
    expect(problems(input)).toEqual({});
  });

  test.each([
    ["nothing", {}, { slots: "is required" }],
    [
      "a slot that ends as it starts",
      { slots: [{ ...good, endMinute: 540 }] },
      { "slots.0.endMinute": "must be after the start" },
    ],
    [
      "a slot that ends before it starts",
      { slots: [{ ...good, endMinute: 0 }] },
      { "slots.0.endMinute": "must be after the start" },
    ],
    [
      "a slot that starts as the day ends",
      { slots: [{ ...good, startMinute: 1440, endMinute: 1440 }] },
      { "slots.0.startMinute": "must be before the end of the day" },
    ],
    [
      "a minute after the day",
      { slots: [{ ...good, endMinute: 1441 }] },
      { "slots.0.endMinute": "must be at most 1440" },
    ],
    [
      "a minute before the day",
      { slots: [{ ...good, startMinute: -1 }] },
      { "slots.0.startMinute": "must be at least 0" },
    ],
    ["an eighth day", { slots: [{ ...good, dayOfWeek: 7 }] }, { "slots.0.dayOfWeek": "must be at most 6" }],
    ["half a day", { slots: [{ ...good, dayOfWeek: 0.5 }] }, { "slots.0.dayOfWeek": "must be a whole number" }],
    ["a day in words", { slots: [{ ...good, dayOfWeek: "1" }] }, { "slots.0.dayOfWeek": "must be a number" }],
    ["overlapping slots", { slots: [good, good] }, { "slots.1": "overlaps another slot on the same day" }],
    [
      "each slot that overlaps one before it",
      { slots: [good, { ...good, dayOfWeek: 2 }, good, { ...good, startMinute: 600 }] },
      { "slots.2": "overlaps another slot on the same day", "slots.3": "overlaps another slot on the same day" },
    ],
    ["too many slots", { slots: manySlots(maxWeeklySlots + 1) }, { slots: "must have at most 70 entries" }],
  ])("refuses %s", (_, input, expected) => {
    expect(problems(input)).toEqual(expected);
  });
});

describe("saveLocalWeekInput", () => {
  const problem = (timezone: unknown) =>
    saveLocalWeekInput
      .safeParse({ slots: [good], timezone })
      .error?.issues.map(({ path, message }) => [path.join("."), message]);

  test.each(["UTC", "Etc/GMT+5", "Europe/Kyiv", "Asia/Kolkata", "Asia/Calcutta", "America/Argentina/Buenos_Aires"])(
    "takes %s as it is",
    (timezone) => {
      expect(saveLocalWeekInput.parse({ slots: [], timezone }).timezone).toBe(timezone);
    },
  );

  test.each([
    ["none", undefined, "is required"],
    ["an empty name", "", "must not be empty"],
    ["a place that has none", "Mars/Olympus", "must be an IANA time zone such as Europe/Berlin"],
    ["an offset", "+02:00", "must be an IANA time zone such as Europe/Berlin"],
    ["a date in a zone", "2026-01-01T00:00[Europe/Berlin]", "must be an IANA time zone such as Europe/Berlin"],
    ["a path", "../etc/passwd", "must be an IANA time zone such as Europe/Berlin"],
    ["a number", 1, "must be a string"],
  ])("refuses %s", (_, timezone, message) => {
    expect(problem(timezone)).toContainEqual(["timezone", message]);
  });

  test("holds slots to the same rules", () => {
    const issues = saveLocalWeekInput.safeParse({ timezone: "UTC", slots: [good, good] }).error?.issues;
    expect(issues?.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["slots.1", "overlaps another slot on the same day"],
    ]);
  });
});

function manySlots(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    dayOfWeek: index % 7,
    startMinute: Math.floor(index / 7) * 60,
    endMinute: Math.floor(index / 7) * 60 + 30,
  }));
}
