import { expect, it } from "vitest";
import { readCookie, sessionCookieName } from "./session-cookie";

it("is named as next-auth names it, over http and https", () => {
  expect(sessionCookieName("http://localhost:3000")).toBe("next-auth.session-token");
  expect(sessionCookieName("https://parley.example")).toBe("__Secure-next-auth.session-token");
});

it.each([
  [undefined, null],
  ["", null],
  ["other=1; sessions=2", null],
  ["s=abc", "abc"],
  ["a=1; s=abc; b=2", "abc"],
  ["a=1;s=abc;b=2", "abc"],
  ["s=a=b==", "a=b=="],
  ["s=", ""],
  ["__Secure-s=abc", null],
  ["s.0=ab; s.1=cd", "abcd"],
  ["s.1=cd; x=y; s.0=ab", "abcd"],
  ["s.10=k; s.9=j; s.0=a", "ajk"],
  ["s.0=ab; s.x=no; s.999999999=no; s.-1=no", "ab"],
  ["s", ""],
])("%j holds %j", (header, value) => {
  expect(readCookie(header, "s")).toBe(value);
});
