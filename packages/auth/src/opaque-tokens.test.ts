import { expect, test } from "vitest";
import { opaqueTokens } from "./opaque-tokens";

test("a token is its prefix and 256 random bits that fit into a link", () => {
  const { token } = opaqueTokens.create("rt_");
  expect(token).toMatch(/^rt_[A-Za-z0-9_-]{43}$/);
  expect(Buffer.from(token.slice(3), "base64url")).toHaveLength(32);
});

test("no two tokens are alike", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => opaqueTokens.create("").token)).size).toBe(1_000);
});

test("the hash is found again from the token alone", () => {
  const { token, hash } = opaqueTokens.create("rt_");
  expect(Buffer.from(opaqueTokens.hash(token)).equals(hash)).toBe(true);
  expect(Buffer.from(opaqueTokens.hash(`${token}x`)).equals(hash)).toBe(false);
});

test("the hash is SHA-256, whatever the text holds", () => {
  // FIPS 180-2, appendix B.1.
  expect(Buffer.from(opaqueTokens.hash("abc")).toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  expect(opaqueTokens.hash("\0 🌍")).toHaveLength(32);
});
