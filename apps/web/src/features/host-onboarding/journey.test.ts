import { describe, expect, test } from "vitest";
import { currentStep, journeyOf, missingSteps, type Standing, stepAfter } from "./journey";

const nothingDone = {
  profile: {
    emailVerified: false,
    isAgeVerified: false,
    username: null,
    ratePerMinuteCents: null,
    windowSizeMinutes: null,
    avatarUrl: null,
  },
  age: { status: "none" },
  hasHours: false,
};

type Facts = Partial<Record<keyof (typeof nothingDone)["profile"], unknown>> & { age?: string; hasHours?: boolean };

function steps({ age = "none", hasHours = false, ...profile }: Facts = {}) {
  const standing = { profile: { ...nothingDone.profile, ...profile }, age: { status: age }, hasHours };
  return journeyOf(standing as unknown as Standing);
}

const needed = {
  emailVerified: true,
  isAgeVerified: true,
  username: "robin",
  ratePerMinuteCents: 250,
  windowSizeMinutes: 10,
};

describe("the way to a host", () => {
  test("begins with the address, and goes on where one stands", () => {
    expect(currentStep(steps())).toBe("email");
    expect(currentStep(steps({ emailVerified: true }))).toBe("age");
    // What others have to do is not waited for.
    expect(currentStep(steps({ emailVerified: true, age: "pending" }))).toBe("page");
    expect(currentStep(steps({ ...needed, windowSizeMinutes: null }))).toBe("rate");
  });

  test("goes live once all is there that must be; hours and a picture may be left", () => {
    expect(missingSteps(steps(needed))).toEqual([]);
    expect(currentStep(steps(needed))).toBe("live");
    expect(currentStep(steps({ ...needed, isAgeVerified: false, age: "pending" }))).toBe("hours");
    expect(missingSteps(steps({ ...needed, isAgeVerified: false, age: "pending" })).map(({ id }) => id)).toEqual([
      "age",
    ]);
  });

  test("leads from each step to the next that is to do", () => {
    expect(stepAfter(steps({ emailVerified: true }), "email")).toBe("age");
    expect(stepAfter(steps({ ...needed, hasHours: true }), "rate")).toBe("picture");
    expect(stepAfter(steps({ ...needed, hasHours: true, avatarUrl: "/a.jpg" }), "rate")).toBe("live");
  });
});
