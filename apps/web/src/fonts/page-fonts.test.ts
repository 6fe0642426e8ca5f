import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { makePageFont, pageFonts } from "./page-fonts";

test.each(Object.entries(pageFonts))(
  "%s is what the installed family makes, and no heavier than pages can wait for",
  async (name, font) => {
    const file = new URL(`${name}.woff2`, import.meta.url);
    const made = await makePageFont(font);
    if (process.env.UPDATE_FONTS === "1") await writeFile(file, made);
    const kept = await readFile(file);
    expect(kept.equals(made), "run `npm run fonts`").toBe(true);
    expect(kept.byteLength).toBeLessThan(font.limit);
  },
);
