import { describe, expect, test } from "vitest";
import { becomeHostInput, ratePerMinuteCents, setAvailableInput, windowSizeMinutes } from "./schema";

describe("rate and window", () => {
  test.each([50, 51, 250, 99_998, 99_999])("%i cents are a rate", (value) => {
    expect(ratePerMinuteCents.parse(value)).toBe(value);
  });

  test.each([49, 0, -1, -250, 100_000])("%i cents are none", (value) => {
    expect(ratePerMinuteCents.safeParse(value).error?.issues[0]?.message).toBe("must be between 0.50 and 999.99");
  });

  test.each([2.5, Number.NaN, Number.POSITIVE_INFINITY, "250", null, true])("%s is no amount of cents", (value) => {
    expect(ratePerMinuteCents.safeParse(value).success).toBe(false);
  });

  test.each([1, 2, 59, 60])("%i minutes are a window", (value) => {
    expect(windowSizeMinutes.parse(value)).toBe(value);
  });

  test.each([0, 61, -1])("%i minutes are none", (value) => {
    expect(windowSizeMinutes.safeParse(value).error?.issues[0]?.message).toBe("must be between 1 and 60");
  });

  test("half a minute is none", () => {
    expect(windowSizeMinutes.safeParse(10.5).error?.issues[0]?.message).toBe("must be a whole number");
  });

  test("an amount keeps telling wire dialects that it is money", () => {
    expect(ratePerMinuteCents.meta()?.kind).toBe("cents");
  });
});

describe("inputs", () => {
  const complete = { username: "JaneCoach", ratePerMinuteCents: 250, windowSizeMinutes: 10 };

  test("a username is folded; a bio may be left out, or be null", () => {
    expect(becomeHostInput.parse(complete)).toEqual({ ...complete, username: "janecoach" });
    expect(becomeHostInput.parse({ ...complete, bio: null }).bio).toBeNull();
  });

  test.each(["username", "ratePerMinuteCents", "windowSizeMinutes"])("%s is required", (field) => {
    const issues = becomeHostInput.safeParse({ ...complete, [field]: undefined }).error?.issues;
    expect(issues).toMatchObject([{ path: [field], message: "is required" }]);
  });

  test("facts that nobody may set about themselves are dropped", () => {
    const input = becomeHostInput.parse({ ...complete, role: "admin", isAgeVerified: true, payoutEnabled: true });
    expect(Object.keys(input).sort()).toEqual(["ratePerMinuteCents", "username", "windowSizeMinutes"]);
  });

  test("availability is a boolean, or left out, or nothing is sent at all", () => {
    expect(setAvailableInput.parse(undefined)).toBeUndefined();
    expect(setAvailableInput.parse({})).toEqual({});
    expect(setAvailableInput.parse({ isAvailable: false })).toEqual({ isAvailable: false });
    for (const isAvailable of [null, "true", 1])
      expect(setAvailableInput.safeParse({ isAvailable }).success).toBe(false);
  });
});
