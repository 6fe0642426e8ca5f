import { expect, test } from "vitest";
import { ownPath } from "./own-path";

test.each(["/", "/settings/account", "/janesmith?book=1#hours", "/%2F%2Felsewhere.test"])(
  "%s is a path of our own",
  (path) => {
    expect(ownPath(path)).toBe(path);
  },
);

test.each([
  undefined,
  null,
  "",
  "dashboard",
  "https://elsewhere.test/",
  "//elsewhere.test/",
  "/\\elsewhere.test/",
  "/\t/elsewhere.test/",
  "\\/elsewhere.test",
  "javascript:alert(1)",
])("%j leads to the dashboard", (path) => {
  expect(ownPath(path)).toBe("/dashboard");
});
