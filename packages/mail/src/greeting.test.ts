import { expect, test } from "vitest";
import { greeting } from "./greeting";

test.each([
  ["Jane Smith", "Hello Jane Smith,"],
  ["  Jane   Smith ", "Hello Jane Smith,"],
  ["Dr. Jane St. Clair", "Hello Dr. Jane St. Clair,"],
  ["J.R.R. Tolkien", "Hello J.R.R. Tolkien,"],
  ["Zoë O'Neill-Müller", "Hello Zoë O'Neill-Müller,"],
  ["李小龍", "Hello 李小龍,"],
  ["Jane\r\nBcc: x", "Hello Jane Bcc: x,"],
  ["Jane\u2028\u0000Smith\t", "Hello Jane Smith,"],
  ["\u202eJane\u2066", "Hello Jane,"],
  ["علی\u200cرضا 👩\u200d💻", "Hello علی\u200cرضا 👩\u200d💻,"],
  ["x".repeat(80), `Hello ${"x".repeat(80)},`],
])("%j is greeted", (name, line) => {
  expect(greeting(name)).toBe(line);
});

test.each([
  "",
  " \n\t",
  "\u200b",
  "You won! https://evil.example",
  "Visit evil.example now",
  "WWW.evil",
  "win24.example",
  "write to me@evil",
  "evil\u200b.example",
  "evil\u200d.example",
  "a\\b",
  "x".repeat(81),
])("%j is left out", (name) => {
  expect(greeting(name)).toBe("Hello,");
});
