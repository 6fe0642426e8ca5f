import { expect, test } from "vitest";
import { newPassword } from "./schema";

test.each([
  "12345678",
  "        ",
  " spaces stay ",
  "😀".repeat(8),
  "x".repeat(200),
  "😀".repeat(200),
  "tab\tand\nline",
])("takes %j as it is", (password) => {
  expect(newPassword.parse(password)).toBe(password);
});

test.each([
  ["", "must be at least 8 characters"],
  ["1234567", "must be at least 8 characters"],
  ["😀".repeat(7), "must be at least 8 characters"],
  ["x".repeat(201), "must be at most 200 characters"],
  ["12345678\0", "must not contain control characters"],
  ["12345678\ud83d", "must not contain control characters"],
  [12345678, "must be a string"],
  [undefined, "is required"],
])("refuses %j: it %s", (password, message) => {
  expect(newPassword.safeParse(password).error?.issues.map((issue) => issue.message)).toEqual([message]);
});
