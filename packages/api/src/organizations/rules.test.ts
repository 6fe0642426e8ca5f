import { expect, test } from "vitest";
import { mayChangeRole, mayInviteAs, mayRemove, powerOf } from "./rules";
import type { OrganizationRole } from "./schema";

const roles = ["owner", "admin", "member"] as const satisfies OrganizationRole[];

test("who runs an organization, and who ends it", () => {
  expect(roles.map((role) => [powerOf(role).runsIt, powerOf(role).endsIt])).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ]);
});

test.each([
  ["owner", ["owner", "admin", "member"]],
  ["admin", ["admin", "member"]],
  ["member", []],
] as const)("%s invites as %j", (role, invited) => {
  expect(roles.filter((given) => mayInviteAs(role, given))).toEqual(invited);
});

test.each([
  ["owner", ["owner", "admin", "member"]],
  ["admin", ["member"]],
  ["member", []],
] as const)("%s removes %j", (role, removed) => {
  expect(roles.filter((other) => mayRemove(role, other))).toEqual(removed);
});

test.each(roles)("of the changes that %s may make, none lifts above their own role or touches one above", (role) => {
  const rank = (of: OrganizationRole) => roles.length - roles.indexOf(of);
  for (const before of roles) {
    for (const after of roles) {
      const isAllowed = mayChangeRole(role, before, after);
      if (role === "owner") expect(isAllowed).toBe(true);
      if (isAllowed) expect(Math.max(rank(before), rank(after))).toBeLessThanOrEqual(rank(role));
    }
  }
  expect(mayChangeRole(role, "member", "admin")).toBe(role !== "member");
  expect(mayChangeRole(role, "admin", "member")).toBe(role === "owner");
});
