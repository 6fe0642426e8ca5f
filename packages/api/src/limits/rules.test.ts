import { describe, expect, test } from "vitest";
import { addressBlock, limitBucket, limitPolicies } from "./rules";

describe("limitPolicies", () => {
  // Source: conventions, "limits".
  test.each([
    ["login", 5, 15 * 60, "address"],
    ["register", 3, 60 * 60, "address"],
    ["passwordReset", 10, 60 * 60, "address"],
    ["user", 100, 60, "user"],
    ["anonymous", 30, 60, "address"],
  ] as const)("%s allows %i calls in %i seconds per %s", (name, points, seconds, per) => {
    expect(limitPolicies[name]).toEqual({ points, seconds, per });
  });
});

describe("limitBucket", () => {
  test.each([
    ["someone unknown counts by address", undefined, null, { name: "anonymous", key: "192.0.2.7" }],
    ["someone signed in counts by user, wherever they are", undefined, "ann", { name: "user", key: "ann" }],
    ["a sign-in counts by address", "login", null, { name: "login", key: "192.0.2.7" }],
    ["a sign-in counts by address for someone signed in too", "login", "ann", { name: "login", key: "192.0.2.7" }],
    ["a limit by user counts strangers by address", "user", null, { name: "user", key: "192.0.2.7" }],
  ] as const)("%s", (_, name, userId, bucket) => {
    expect(limitBucket(name, userId, "192.0.2.7")).toEqual(bucket);
  });
});

describe("addressBlock", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2::/64"],
    ["2001:db8::5", "2001:db8:0:0::/64"],
    ["2001:db8:1:2::", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
  ])("%s counts as %s", (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });
});
