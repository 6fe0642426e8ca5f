import { usernameGrammar } from "@parley/api/rules/profile";
import { expect, test } from "vitest";
import { suggestUsername } from "./suggest-username";

test.each([
  ["Jane Smith", "jane-smith"],
  ["Zoë Vale-Ortiz", "zoe-vale-ortiz"],
  ["  --Ada!!  ", "ada"],
  ["Maria-Magdalena Schwarzenegger-Hohenzollern", "maria-magdalena-schwarzenegger"],
])("%s may be called %s", (name, username) => {
  expect(suggestUsername(name)).toBe(username);
  expect(username).toMatch(usernameGrammar);
});

test.each(["", "李雷", "Al", "!!!"])("a name gives none where it has too few letters for one: %j", (name) => {
  expect(suggestUsername(name)).toBe("");
});
