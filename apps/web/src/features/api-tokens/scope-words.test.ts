import { apiScopes } from "@parley/api/rules/account/api-tokens";
import { expect, test } from "vitest";
import { scopeGroups, scopesInWords } from "./scope-words";

test("every scope stands in one group, which has a name", () => {
  const all = scopeGroups.flatMap(({ read, write }) => [read, write]).filter((scope) => scope !== null);
  expect(all.sort()).toEqual([...apiScopes].sort());
  expect(new Set(scopeGroups.map(({ name }) => name)).size).toBe(scopeGroups.length);
});

test.each([
  [["bookings:read"], "Bookings (read)"],
  [["profile:write", "profile:read", "subscription:read"], "Profile and details (read, change) · Subscription (read)"],
  [[], ""],
  [apiScopes, "Everything that a token may"],
] as const)("%j reads %s", (scopes, words) => {
  expect(scopesInWords(scopes)).toBe(words);
});
