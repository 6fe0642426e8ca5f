import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { makeDisplayFont } from "./display-font";

const file = new URL("fraunces-display.woff2", import.meta.url);

test("the display font is the one that the installed family makes, at half of its weight", async () => {
  const made = await makeDisplayFont();
  if (process.env.UPDATE_FONTS === "1") await writeFile(file, made);
  const kept = await readFile(file);
  expect(kept.equals(made), "run `npm run fonts`").toBe(true);
  expect(kept.byteLength).toBeLessThan(36_000);
});
