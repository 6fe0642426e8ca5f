import { expect, test } from "vitest";
import { datesBetween, daysFrom, sortDaySlots } from "./rules";

test.each([
  ["2026-03-08", "2026-03-08", 0],
  ["2026-03-07", "2026-03-09", 2],
  ["2026-03-09", "2026-03-07", -2],
  ["2028-01-01", "2029-01-01", 366],
  ["2026-12-31", "2027-01-01", 1],
])("from %s to %s are %i days", (date, other, days) => {
  expect(daysFrom(date, other)).toBe(days);
});

test.each([
  ["2026-03-08", "2026-03-08", ["2026-03-08"]],
  ["2028-02-28", "2028-03-01", ["2028-02-28", "2028-02-29", "2028-03-01"]],
  ["2026-12-30", "2027-01-02", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]],
])("the dates from %s to %s", (from, to, dates) => {
  expect(datesBetween(from, to)).toEqual(dates);
});

test("slots are sorted by start, in a copy", () => {
  const [late, early] = [
    { startMinute: 600, endMinute: 660 },
    { startMinute: 0, endMinute: 60 },
  ];
  const given = [late, early];
  expect(sortDaySlots(given)).toEqual([early, late]);
  expect(given).toEqual([late, early]);
});
