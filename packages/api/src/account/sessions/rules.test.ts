import { expect, test } from "vitest";
import { boundedUserAgent, forgetSessionsBefore, sessionExpiry } from "./rules";

const now = new Date("2026-03-15T10:00:00.000Z");

test("a session lives 30 days and is kept 30 more", () => {
  expect(sessionExpiry(now).toISOString()).toBe("2026-04-14T10:00:00.000Z");
  expect(forgetSessionsBefore(now).toISOString()).toBe("2026-02-13T10:00:00.000Z");
});

test.each([
  [null, null],
  ["", ""],
  ["Mozilla/5.0", "Mozilla/5.0"],
  ["a\0b", "ab"],
  ["x".repeat(600), "x".repeat(512)],
  ["😀".repeat(600), "😀".repeat(512)],
  ["half \ud83d pair", "half \ufffd pair"],
  [`x${"😀".repeat(511)}\ud83d`, `x${"😀".repeat(511)}`],
])("bounds %j", (userAgent, bounded) => {
  expect(boundedUserAgent(userAgent)).toBe(bounded);
});
