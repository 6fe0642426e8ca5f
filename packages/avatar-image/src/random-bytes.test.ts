import { describe, expect, test } from "vitest";
import { everyKind } from "../test/files";
import { randomNumbers } from "../test/pictures";
import { refusalOf } from "../test/refusal-of";

describe("random bytes never cause another error", async () => {
  const kinds = Object.entries(await everyKind());
  const bytesOf = (random: () => number, length: number) => Buffer.from(Array.from({ length }, () => random() * 256));

  test("noise", async () => {
    for (let seed = 0; seed < 1_000; seed += 1) {
      const random = randomNumbers(seed);
      expect(await refusalOf(bytesOf(random, random() * 600))).not.toBeNull();
    }
  });

  test.each(kinds)("noise behind the header of %s", async (_, file) => {
    for (let seed = 0; seed < 60; seed += 1) {
      const random = randomNumbers(seed);
      const noise = bytesOf(random, random() * 2_000);
      expect(await refusalOf(Buffer.concat([file.subarray(0, 8 + random() * 60), noise]))).not.toBeNull();
    }
  });

  test.each(kinds)("%s with some bytes changed", async (_, file) => {
    for (let seed = 0; seed < 60; seed += 1) {
      const random = randomNumbers(seed);
      const changed = Buffer.from(file);
      for (let change = random() * 8; change >= 0; change -= 1) {
        changed[Math.floor(random() * file.length)] = random() * 256;
      }
      expect([null, "damaged", "too_large", "unsupported_format"]).toContain(await refusalOf(changed));
    }
  });
});
