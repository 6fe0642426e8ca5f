import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);

interface PageFont {
  /** What is installed, and the part of it that holds Latin letters. */
  family: string;
  part: string;
  /** Where each of its axes is kept; axes that are not named stay whole. */
  axes: Record<string, number | { min: number; max: number }>;
  /** In bytes: each page waits for it. */
  limit: number;
}

/** Each is kept in a file of its name beside this one, which `npm run fonts` writes. */
export const pageFonts: Readonly<Record<string, PageFont>> = {
  // The one weight of the utility `display` in globals.css, and every optical size.
  "fraunces-display": {
    family: "@fontsource-variable/fraunces",
    part: "fraunces-latin-opsz-normal",
    axes: { wght: 480 },
    limit: 36_000,
  },
  // Regular and medium, in which we set everything, and up to what stands for bold.
  "geist-text": {
    family: "@fontsource-variable/geist",
    part: "geist-latin-wght-normal",
    axes: { wght: { min: 400, max: 600 } },
    limit: 20_000,
  },
};

/**
 * A family's Latin letters, without the weights in which we set nothing. Other letters come, where they are needed, with
 * the family's own files.
 * @returns WOFF2
 */
export async function makePageFont({ family, part, axes }: PageFont): Promise<Buffer> {
  const whole = await readFile(require.resolve(`${family}/files/${part}.woff2`));
  const ranges: { latin: string } = JSON.parse(await readFile(require.resolve(`${family}/unicode.json`), "utf8"));
  return subsetFont(whole, lettersOf(ranges.latin), { targetFormat: "woff2", variationAxes: axes });
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
