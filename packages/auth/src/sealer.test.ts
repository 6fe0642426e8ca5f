import { describe, expect, test } from "vitest";
import { createSealer } from "./sealer";

const sealer = createSealer("a secret", "tests");

describe("a sealer", () => {
  test.each(["", "a", "Grüße, 世界 🌍", "x".repeat(100_000)])("opens what it sealed (%#)", (plain) => {
    expect(sealer.open(sealer.seal(plain))).toBe(plain);
  });

  test("seals the same text differently each time, and never legibly", () => {
    const [one, two] = [sealer.seal("the same text"), sealer.seal("the same text")];
    expect(Buffer.from(one).equals(two)).toBe(false);
    expect(Buffer.from(one).includes("same")).toBe(false);
  });

  test("opens what another process sealed with the same secret", () => {
    expect(createSealer("a secret", "tests").open(sealer.seal("text"))).toBe("text");
  });

  test("opens a Uint8Array that is no Buffer", () => {
    expect(sealer.open(new Uint8Array(sealer.seal("text")))).toBe("text");
  });

  test("refuses a change of any single byte", () => {
    const sealed = sealer.seal("text");
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => sealer.open(changed), `byte ${at}`).toThrow(/sealed/);
    }
  });

  test("refuses what is cut short, at any length", () => {
    const sealed = sealer.seal("text");
    for (let length = 0; length < sealed.length; length++) {
      expect(() => sealer.open(sealed.subarray(0, length)), `${length} bytes`).toThrow(/sealed/);
    }
  });

  test("refuses another secret, and another purpose", () => {
    const sealed = sealer.seal("text");
    expect(() => createSealer("another secret", "tests").open(sealed)).toThrow("sealed with another secret");
    expect(() => createSealer("a secret", "other things").open(sealed)).toThrow("sealed with another secret");
  });

  test("does not work without a secret", () => {
    expect(() => createSealer("", "tests")).toThrow("must not be empty");
  });
});
