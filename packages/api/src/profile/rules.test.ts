import { describe, expect, test } from "vitest";
import { isReservedUsername, usernameGrammar } from "./rules";

describe("usernameGrammar", () => {
  test.each(["abc", "a-c", "a_c", "a1c", "123", "0-0", "janesmith", "a--b", "x".repeat(30), `a${"-".repeat(28)}b`])(
    "%s may be a username",
    (name) => {
      expect(usernameGrammar.test(name)).toBe(true);
    },
  );

  test.each([
    "",
    "a",
    "ab",
    "x".repeat(31),
    "-abc",
    "abc-",
    "_abc",
    "abc_",
    "Abc",
    "a.c",
    "a c",
    "a/c",
    "a%63",
    "..",
    "jané",
    "ｊａｎｅ",
    "abc\n",
    "\nabc",
    "a\u0000c",
    "a\u200bc",
    "😀😀😀",
  ])("%j may not", (name) => {
    expect(usernameGrammar.test(name)).toBe(false);
  });
});

describe("isReservedUsername", () => {
  test.each(["me", "admin", "api", "settings", "docs", "trpc", "become-a-host", "null", "undefined"])(
    "%s is",
    (name) => {
      expect(isReservedUsername(name)).toBe(true);
    },
  );

  test.each(["janecoach", "adminka", "mee", "constructor", "__proto__", "toString"])("%s is not", (name) => {
    expect(isReservedUsername(name)).toBe(false);
  });
});
