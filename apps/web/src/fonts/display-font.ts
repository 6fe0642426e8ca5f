import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

/** As `font-weight` of the utility `display` in globals.css. */
const weight = 480;

const require = createRequire(import.meta.url);
const family = "@fontsource-variable/fraunces";

/**
 * Fraunces with the one weight in which we set it, and every optical size: half of what the family's file weighs, which
 * each page waits for. Only Latin letters; others come, where they are needed, with the family's own files.
 * @returns WOFF2
 */
export async function makeDisplayFont(): Promise<Buffer> {
  const whole = await readFile(require.resolve(`${family}/files/fraunces-latin-opsz-normal.woff2`));
  const ranges: { latin: string } = JSON.parse(await readFile(require.resolve(`${family}/unicode.json`), "utf8"));
  return subsetFont(whole, lettersOf(ranges.latin), { targetFormat: "woff2", variationAxes: { wght: weight } });
}

/** Those of a `unicode-range`: "U+0000-00FF,U+0131". */
function lettersOf(ranges: string): string {
  const codes = ranges.split(",").flatMap((range) => {
    const [first = "", last = first] = range.trim().slice(2).split("-");
    const start = Number.parseInt(first, 16);
    return Array.from({ length: Number.parseInt(last, 16) - start + 1 }, (_, step) => start + step);
  });
  return String.fromCodePoint(...codes);
}
