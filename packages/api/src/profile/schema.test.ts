import { describe, expect, test } from "vitest";
import { ownProfile, publicProfile, publicProfileInput, updateProfileInput } from "./schema";

const messageFor = (input: object) => updateProfileInput.safeParse(input).error?.issues[0]?.message;
const accepted = (input: object) => updateProfileInput.parse(input);

describe("display names", () => {
  test.each([
    ["80 letters", "x".repeat(80)],
    ["80 emoji, which are 160 UTF-16 units", "😀".repeat(80)],
    ["80 letters within blanks", `  ${"x".repeat(80)}\t`],
    ["one letter", "x"],
    ["another script", "Ольга Іваненко"],
  ])("%s", (_, displayName) => {
    expect(accepted({ displayName })).toEqual({ displayName: displayName.trim() });
  });

  test.each([
    ["81 letters", "x".repeat(81), "must be at most 80 characters"],
    ["81 emoji", "😀".repeat(81), "must be at most 80 characters"],
    ["nothing", "", "must not be empty"],
    ["blanks alone", " \t\n ", "must not be empty"],
    ["a NUL byte", "a\u0000b", "must not contain control characters"],
    ["a line end", "a\nb", "must not contain control characters"],
    ["an escape", "\u001b[31mred", "must not contain control characters"],
    ["half a surrogate pair", "a\ud800", "must not contain control characters"],
    ["null", null, "must be a string"],
    ["a number", 7, "must be a string"],
  ])("never %s", (_, displayName, message) => {
    expect(messageFor({ displayName })).toBe(message);
  });
});

describe("bios", () => {
  test.each([
    ["500 letters", "x".repeat(500)],
    ["500 emoji", "😀".repeat(500)],
    ["lines and tabs", "one\n\ttwo\r\nthree"],
    ["nothing", ""],
    ["null, which clears it", null],
  ])("%s", (_, bio) => {
    expect(accepted({ bio })).toEqual({ bio });
  });

  test.each([
    ["501 letters", "x".repeat(501), "must be at most 500 characters"],
    ["501 emoji", "😀".repeat(501), "must be at most 500 characters"],
    ["a NUL byte", "a\u0000b", "must not contain control characters"],
    ["half a surrogate pair", "\udc00b", "must not contain control characters"],
    ["a list", ["x"], "must be a string"],
  ])("never %s", (_, bio, message) => {
    expect(messageFor({ bio })).toBe(message);
  });
});

describe("usernames", () => {
  test.each([
    ["JaneCoach", "janecoach"],
    ["  jane-coach ", "jane-coach"],
    ["null before one was chosen", null],
  ])("%j becomes %j", (given, username) => {
    const input = { username: username === null ? null : given };
    expect(accepted(input)).toEqual({ username });
  });

  test.each(["ab", "x".repeat(31), "-jane", "jane_", "jane coach", "jane.coach", "jané", "😀😀😀", "a\u0000b", ""])(
    "%j is not well formed",
    (username) => {
      expect(messageFor({ username })).toMatch(/^must be 3 to 30 letters, digits, hyphens or underscores/);
    },
  );

  test.each(["home", "Admin", "SETTINGS"])("%s is reserved", (username) => {
    expect(messageFor({ username })).toBe("is reserved");
  });

  test("any text may be looked up, in any case", () => {
    expect(publicProfileInput.parse({ username: "JaneCoach" })).toEqual({ username: "janecoach" });
    expect(publicProfileInput.parse({ username: "../../etc" })).toEqual({ username: "../../etc" });
  });
});

describe("members", () => {
  test("what was read can be sent back: read-only and unknown members are dropped", () => {
    const read = {
      id: "x",
      email: "evil@example.test",
      role: "admin",
      emailVerified: true,
      isAgeVerified: true,
      payoutEnabled: true,
      isAvailable: true,
      ratePerMinuteCents: 1,
      createdAt: "2020-01-01T00:00:00Z",
      version: 7,
      somethingElse: {},
    };
    expect(accepted({ ...read, displayName: "Jane" })).toEqual({ displayName: "Jane" });
    expect(accepted(JSON.parse('{"__proto__": {"role": "admin"}, "constructor": 1}'))).toEqual({});
  });

  test("a public profile shows nine members and never a secret", () => {
    expect(Object.keys(publicProfile.shape).sort()).toEqual([
      "avatarUrl",
      "bio",
      "displayName",
      "followerCount",
      "id",
      "isAvailable",
      "ratePerMinuteCents",
      "username",
      "windowSizeMinutes",
    ]);
  });

  test("one's own profile shows the documented members and its version", () => {
    expect(Object.keys(ownProfile.shape).sort()).toEqual([
      "avatarUrl",
      "bio",
      "createdAt",
      "displayName",
      "email",
      "emailVerified",
      "id",
      "isAgeVerified",
      "isAvailable",
      "payoutEnabled",
      "ratePerMinuteCents",
      "role",
      "username",
      "version",
      "windowSizeMinutes",
    ]);
  });
});
