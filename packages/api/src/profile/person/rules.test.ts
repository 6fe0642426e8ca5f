import { describe, expect, test } from "vitest";
import { canonicalLocale, e164, isForeignPostalCode, isWalletAddress, languageOf, statusOf } from "./rules";

test.each([
  [{ isEmailVerified: false, isBanned: false, isDeleted: false }, "pending"],
  [{ isEmailVerified: true, isBanned: false, isDeleted: false }, "active"],
  [{ isEmailVerified: true, isBanned: true, isDeleted: false }, "banned"],
  [{ isEmailVerified: false, isBanned: true, isDeleted: true }, "banned"],
  [{ isEmailVerified: true, isBanned: false, isDeleted: true }, "deleted"],
] as const)("%j is %s", (facts, status) => {
  expect(statusOf(facts)).toBe(status);
});

describe("locales", () => {
  test.each([
    ["en-us", "en-US", "en"],
    ["zh-hans-cn", "zh-Hans-CN", "zh"],
    ["de-CH-1996", "de-CH-1996", "de"],
    ["iw", "he", "he"],
  ])("%s is kept as %s, in the language %s", (tag, canonical, language) => {
    expect(canonicalLocale(tag)).toBe(canonical);
    expect(languageOf(canonical)).toBe(language);
  });

  test.each(["en_US", "xx-", "", "-", "english please", "a".repeat(9), "en--US"])("%j is none", (tag) => {
    expect(canonicalLocale(tag)).toBeNull();
  });
});

test.each([
  ["+14155550100", "+14155550100"],
  ["+1 (415) 555-0100", "+14155550100"],
  ["+49 30 901820", "+4930901820"],
  // What document 003 shows has too few digits for any country that dials +1.
  ["+1-555-0100", null],
  ["030 901820", null],
  ["+999 123", null],
  ["+44 20 7183 8750 ext 5", null],
  ["call +14155550100", null],
])("the phone number %j becomes %j", (written, kept) => {
  expect(e164(written)).toBe(kept);
});

test.each([
  ["94102", "US", false],
  ["9410", "US", true],
  ["10115", "DE", false],
  ["SW1A 1AA", "GB", false],
  ["94102", "GB", true],
  ["anything", "XX", false],
])("the postal code %j in %s: foreign is %s", (code, country, isForeign) => {
  expect(isForeignPostalCode(code, country)).toBe(isForeign);
});

test.each([
  ["0x52908400098527886E0F7030069857D2E4169EE7", true],
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", true],
  ["bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", true],
  ["TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", true],
  ["7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV", true],
  ["0x123", false],
  ["0OIl", false],
  ["", false],
])("%j is a wallet address: %s", (address, isOne) => {
  expect(isWalletAddress(address)).toBe(isOne);
});
