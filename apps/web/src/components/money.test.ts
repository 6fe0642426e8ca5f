import { expect, test } from "vitest";
import { formatCents, parseCents } from "./money";

test("amounts are written as dollars", () => {
  expect([0, 5, 250, 123_456].map(formatCents)).toEqual(["$0.00", "$0.05", "$2.50", "$1,234.56"]);
});

test.each([
  ["2.5", 250],
  ["2,50", 250],
  [" 3 ", 300],
  ["0.05", 5],
  ["999.99", 99_999],
])("%s is %i cents", (text, cents) => {
  expect(parseCents(text)).toBe(cents);
});

test.each(["", ".5", "2.", "2.505", "-1", "1e3", "two", "1,000.00"])("%j is no amount", (text) => {
  expect(parseCents(text)).toBeNull();
});
