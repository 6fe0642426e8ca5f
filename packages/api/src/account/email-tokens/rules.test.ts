import { expect, test } from "vitest";
import { emailTokenExpiry, mailWindowStart, mayMailAgain } from "./rules";

const now = new Date("2026-03-15T10:00:00.000Z");

test.each([
  ["verify_email", "2026-03-16T10:00:00.000Z"],
  ["reset_password", "2026-03-15T11:00:00.000Z"],
  ["restore_account", "2026-03-29T10:00:00.000Z"],
  ["confirm_new_email", "2026-03-16T10:00:00.000Z"],
  ["undo_email_change", "2026-03-16T10:00:00.000Z"],
] as const)("a link to %s works until %s", (purpose, expiry) => {
  expect(emailTokenExpiry(purpose, now).toISOString()).toBe(expiry);
});

test("five mails an hour are sent, a sixth is not", () => {
  expect(mailWindowStart(now).toISOString()).toBe("2026-03-15T09:00:00.000Z");
  expect([0, 4, 5, 6].map(mayMailAgain)).toEqual([true, true, false, false]);
});
