import { describe, expect, test } from "vitest";
import { displayChoice, displayCookieLine, displayCookies, usableChoice } from "./display";
import { zoneLabel, zoneOffset, zoneOptions, zonePlace } from "./zones";

const choiceOf = (timeZone?: string, locale?: string) =>
  displayChoice((name) => (name === displayCookies.timeZone ? timeZone : locale));

describe("how times are to look", () => {
  test("is what was chosen, where this runtime can use it", () => {
    expect(choiceOf("Asia/Tokyo", "de-DE")).toEqual({ timeZone: "Asia/Tokyo", locale: "de-DE" });
    expect(choiceOf()).toEqual({ timeZone: null, locale: null });
    expect(choiceOf("Mars/Olympus", "not a locale")).toEqual({ timeZone: null, locale: null });
  });

  test("is of an account as well, part by part", () => {
    expect(usableChoice({ timeZone: "Europe/Berlin", locale: null })).toEqual({
      timeZone: "Europe/Berlin",
      locale: null,
    });
    expect(usableChoice({ timeZone: "Mars/Olympus", locale: "de" })).toEqual({ timeZone: null, locale: "de" });
  });

  test("is kept for a year, or forgotten", () => {
    expect(displayCookieLine("timeZone", "Asia/Tokyo")).toBe(
      "parley-zone=Asia%2FTokyo; path=/; max-age=31536000; samesite=lax",
    );
    expect(displayCookieLine("locale", null)).toBe("parley-locale=; path=/; max-age=0; samesite=lax");
  });
});

describe("zones", () => {
  test("to choose from begin with UTC, hold the names of today, and none twice", () => {
    const ids = zoneOptions().map(({ id }) => id);
    expect(ids[0]).toBe("UTC");
    expect(ids).toEqual(expect.arrayContaining(["Asia/Kolkata", "Europe/Kyiv", "America/New_York"]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("are named as people read them", () => {
    expect(zoneLabel("America/Argentina/Buenos_Aires")).toBe("America / Argentina / Buenos Aires");
    expect(zonePlace("America/New_York")).toBe("New York");
    expect(zoneOffset("Asia/Kathmandu", 0)).toMatch(/^GMT\+5:[34]/);
    expect(zoneOffset("Europe/Berlin", Date.parse("2026-07-01T00:00:00Z"))).toBe("GMT+2");
    expect(zoneOffset("Mars/Olympus", 0)).toBe("");
  });
});
