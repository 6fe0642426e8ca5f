import type * as argon2 from "@node-rs/argon2";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createPasswords } from "./passwords";

// The real functions, watched: what is hashed and verified, and how many at once.
const watch = vi.hoisted(() => ({ verified: [] as unknown[], running: 0, mostAtOnce: 0 }));
vi.mock("@node-rs/argon2", async (importOriginal) => {
  const real = await importOriginal<typeof argon2>();
  return {
    ...real,
    async verify(...given: Parameters<typeof real.verify>) {
      watch.verified.push(given[0]);
      watch.mostAtOnce = Math.max(watch.mostAtOnce, ++watch.running);
      return real.verify(...given).finally(() => watch.running--);
    },
  };
});

const passwords = createPasswords();

beforeEach(() => {
  watch.verified = [];
  watch.mostAtOnce = 0;
});

describe("passwords", () => {
  test("are hashed with argon2id, and a new salt each time", async () => {
    const [one, two] = await Promise.all([passwords.hash("correct horse"), passwords.hash("correct horse")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(two).not.toBe(one);
  });

  test("verify by their hash alone", async () => {
    const hash = await passwords.hash("correct horse");
    expect(await passwords.verify("correct horse", hash)).toBe(true);
    expect(await passwords.verify("Correct horse", hash)).toBe(false);
    expect(await passwords.verify("", hash)).toBe(false);
  });

  test("are not cut at 72 bytes, nor at a NUL", async () => {
    const hash = await passwords.hash(`${"x".repeat(72)}\0a`);
    expect(await passwords.verify(`${"x".repeat(72)}\0a`, hash)).toBe(true);
    expect(await passwords.verify(`${"x".repeat(72)}\0b`, hash)).toBe(false);
  });

  test("of nobody cost a real verification with today's parameters, and never match", async () => {
    expect(await passwords.verify("any password", null)).toBe(false);
    const [standIn] = watch.verified;
    const parameters = (phc: unknown) => String(phc).split("$").slice(0, 4).join("$");
    expect(parameters(standIn)).toBe(parameters(await passwords.hash("any password")));
    const spelled = /\$([^$]+)\$([^$]+)$/.exec(String(standIn));
    expect(Buffer.from(spelled?.[1] ?? "", "base64")).toHaveLength(16);
    expect(Buffer.from(spelled?.[2] ?? "", "base64")).toHaveLength(32);
  });

  test("are verified two at a time, and all of them in the end", async () => {
    const hash = await passwords.hash("correct horse");
    const guesses = ["a", "correct horse", "b", "correct horse", "c", "d"];
    const answers = await Promise.all(guesses.map((guess) => passwords.verify(guess, hash)));
    expect(answers).toEqual([false, true, false, true, false, false]);
    expect(watch.mostAtOnce).toBe(2);
  });

  test("that fail to verify give their turn back", async () => {
    const broken = Array.from({ length: 5 }, () => passwords.verify("any password", "no hash"));
    expect((await Promise.allSettled(broken)).map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
    expect(await passwords.verify("a", await passwords.hash("a"))).toBe(true);
  });
});
