import { expect, test } from "vitest";
import { roleAfterVerification } from "./rules";

test.each([
  ["user", "verified_user"],
  ["verified_user", "verified_user"],
  ["host", "host"],
  ["admin", "admin"],
] as const)("%s becomes %s", (before, after) => {
  expect(roleAfterVerification(before)).toBe(after);
});
