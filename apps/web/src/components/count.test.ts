import { expect, test } from "vitest";
import { countOf, formatCount } from "./count";

test.each([0, 7, 100, 999, 1_000, 12_345, 999_999, 1_000_000, 1_234_567_890])(
  "writes %d as its readers do",
  (count) => {
    expect(formatCount(count)).toBe(count.toLocaleString("en-US"));
  },
);

test("one is one, and everything else is many", () => {
  expect([0, 1, 2, 1_000].map((count) => countOf(count, "host"))).toEqual([
    "0 hosts",
    "1 host",
    "2 hosts",
    "1,000 hosts",
  ]);
  expect([1, 2_000].map((count) => countOf(count, "person", "people"))).toEqual(["1 person", "2,000 people"]);
});
