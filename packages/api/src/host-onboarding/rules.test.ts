import { describe, expect, test } from "vitest";
import { hostingObstacle } from "./rules";

describe("hostingObstacle", () => {
  test.each([
    ["verified_user", true, true, null],
    // The role follows the address; should it lag behind, the facts decide.
    ["user", true, true, null],
    ["user", false, true, "email_not_verified"],
    ["user", false, false, "email_not_verified"],
    ["verified_user", true, false, "age_not_verified"],
    ["host", true, true, "already_host"],
    ["host", false, false, "already_host"],
    ["admin", true, true, "administrator"],
    ["admin", false, false, "administrator"],
  ] as const)("%s, address verified %s, age verified %s: %s", (role, emailVerified, isAgeVerified, obstacle) => {
    expect(hostingObstacle({ role, emailVerified, isAgeVerified })).toBe(obstacle);
  });
});
