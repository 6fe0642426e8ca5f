import { describe, expect, test } from "vitest";
import { type DirectoryQuery, directoryAddress, readDirectoryQuery } from "./directory-query";

const everybody: DirectoryQuery = { q: "", isAvailable: false, maxDollars: null, sort: "best", page: 1 };
const read = (address: string) => {
  const { searchParams } = new URL(address, "http://own.invalid");
  return readDirectoryQuery((name) => searchParams.get(name));
};

describe("an address of the directory", () => {
  test("leaves out what is as usual", () => {
    expect(directoryAddress(everybody)).toBe("/");
    expect(directoryAddress({ ...everybody, q: "sour dough", page: 2 })).toBe("/?q=sour+dough&page=2");
  });

  test("is read as what it was written for", () => {
    const queries: DirectoryQuery[] = [
      everybody,
      { q: "Zoë & co. + 50%", isAvailable: true, maxDollars: 3, sort: "rate", page: 7 },
      { ...everybody, sort: "newest" },
    ];
    for (const query of queries) expect(read(directoryAddress(query))).toEqual(query);
  });

  test.each([
    "/?page=0&max=-1&sort=worst&available=yes",
    "/?page=1.5&max=abc&sort=best&available=",
    "/?page=10001&max=1e9",
    "/?page=99999999999999999999",
  ])("that makes no sense is everybody: %s", (address) => {
    expect(read(address)).toEqual(everybody);
  });

  test("holds clean words, no more than can be searched for", () => {
    expect(read(`/?q=${encodeURIComponent(" sour \u0000\n dough ")}`).q).toBe("sour dough");
    expect([...read(`/?q=${encodeURIComponent("🍞".repeat(150))}`).q]).toHaveLength(100);
    expect(readDirectoryQuery((name) => (name === "q" ? "bread \ud800" : null)).q).toBe("bread \ufffd");
  });
});
