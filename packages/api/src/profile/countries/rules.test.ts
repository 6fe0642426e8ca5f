import * as isoCountries from "i18n-iso-countries";
import { expect, test } from "vitest";
import { countries, isCountry } from "./rules";

test("countries are those of ISO 3166-1, but for what it never assigned", () => {
  const known = Object.keys(isoCountries.getAlpha2Codes()).filter((code) => code !== "XK");
  expect([...countries].sort()).toEqual(known.sort());
  expect(known).toHaveLength(249);
  expect(["UK", "EU", "XK", "us", "USA", ""].filter(isCountry)).toEqual([]);
});
