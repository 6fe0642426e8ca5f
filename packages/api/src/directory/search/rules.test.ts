import { describe, expect, test } from "vitest";
import { containsPattern, searchWords } from "./rules";

describe("searchWords", () => {
  test.each([
    ["", []],
    ["  ", []],
    ["coach", ["coach"]],
    [" life  coach\tBerlin ", ["life", "coach", "Berlin"]],
    ["life coach life", ["life", "coach"]],
    ["naïve 日本", ["naïve", "日本"]],
  ])("%j", (q, words) => {
    expect(searchWords(q)).toEqual(words);
  });
});

describe("containsPattern", () => {
  test.each([
    ["coach", "%coach%"],
    ["100%", "%100\\%%"],
    ["a_b", "%a\\_b%"],
    ["a\\b", "%a\\\\b%"],
  ])("%s", (word, pattern) => {
    expect(containsPattern(word)).toBe(pattern);
  });
});
