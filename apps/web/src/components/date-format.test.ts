import { expect, it } from "vitest";
import { dateFormat } from "./date-format";

it("makes a formatter once for each language and form", () => {
  const form = { dateStyle: "medium", timeZone: "Asia/Kolkata" } as const;
  expect(dateFormat("en", form)).toBe(dateFormat("en", { ...form }));
  expect(dateFormat("de", form)).not.toBe(dateFormat("en", form));
  expect(dateFormat("en", { ...form, timeZone: "UTC" })).not.toBe(dateFormat("en", form));
  expect(dateFormat("en", form).format(Date.UTC(2026, 0, 31, 20))).toBe("Feb 1, 2026");
});

it("knows no more zones than the runtime does", () => {
  expect(() => dateFormat("en", { timeZone: "Mars/Olympus" })).toThrow(RangeError);
});
