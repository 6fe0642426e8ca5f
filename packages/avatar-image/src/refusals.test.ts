import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { claimedPng, everyKind, lastScan, withPngChunk } from "../test/files";
import { animation, grainy, plain } from "../test/pictures";
import { refusalOf } from "../test/refusal-of";
import { AvatarImageError } from "./avatar-image";

test("says what to do, fit to follow the name of a field", () => {
  expect(new AvatarImageError("unsupported_format").message).toBe("must be a JPEG, PNG, WebP or GIF image");
  expect(new AvatarImageError("too_large").message).toBe("must have at most 50 megapixels and 1000 frames");
  expect(new AvatarImageError("damaged").message).toBe("must be a complete, undamaged image file");
});

describe("what is no JPEG, PNG, WebP or GIF is refused, whatever its name", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  const strangers: [string, Uint8Array][] = [
    ["nothing", new Uint8Array()],
    ["SVG", Buffer.from(svg)],
    ["SVG with a declaration", Buffer.from(`<?xml version="1.0"?>\n${svg}`)],
    ["HTML", Buffer.from("<!doctype html><title>avatar.jpg</title><script>alert(1)</script>")],
    ["PDF", Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF")],
    ["TIFF", await plain(9, 9).tiff().toBuffer()],
    ["AVIF", await plain(9, 9).avif({ effort: 0 }).toBuffer()],
    ["BMP", Buffer.concat([Buffer.from("BM"), Buffer.alloc(80)])],
    ["a WAV file, which is RIFF as WebP is", Buffer.from("RIFF\x24\0\0\0WAVEfmt ")],
    ["text", Buffer.from("GIF, or so it says")],
    ["zeros", Buffer.alloc(10_000)],
  ];

  test.each(strangers)("%s", async (_, bytes) => {
    expect(await refusalOf(bytes)).toBe("unsupported_format");
  });

  test.each([
    ["a JPEG", [0xff, 0xd8, 0xff, 0xe0]],
    ["a PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ["a GIF", [...Buffer.from("GIF89a")]],
    ["a WebP", [...Buffer.from("RIFF\x40\0\0\0WEBPVP8 ")]],
  ])("SVG behind the first bytes of %s", async (_, signature) => {
    expect(await refusalOf(Buffer.concat([Buffer.from(signature), Buffer.from(svg)]))).toBe("damaged");
  });
});

describe("too large", () => {
  test("50 million pixels are the last that fit", async () => {
    expect(await refusalOf(await plain(10_000, 5_000).png().toBuffer())).toBeNull();
    expect(await refusalOf(await plain(10_000, 5_001).png().toBuffer())).toBe("too_large");
  });

  /** Height and width as neighbouring numbers of 16 bits; a GIF has a size for its screen and one for its frame. */
  const size = (5_001 << 16) | 10_000;
  test.each([
    ["jpeg", (file: Buffer) => file.writeUInt32BE(size, file.indexOf("\xff\xc0", "latin1") + 5)],
    ["webp", (file: Buffer) => file.writeUInt32LE(size, file.indexOf("VP8 ") + 14)],
    [
      "gif",
      (file: Buffer) => {
        for (const at of [6, file.indexOf(",\0\0\0\0") + 5]) file.writeUInt32LE(size, at);
      },
    ],
  ] as const)("a %s whose header says more is refused before it is decoded", async (format, claimMore) => {
    const file = await plain(60, 60).toFormat(format).toBuffer();
    claimMore(file);
    expect(await sharp(file).metadata()).toMatchObject({ width: 10_000, height: 5_001 });

    expect(await refusalOf(file)).toBe("too_large");
  });

  test.each([
    [60_000, 60_000],
    [1_000_000, 1_000_000],
  ])("a small file that claims %i x %i pixels is refused by its header", async (width, height) => {
    const bomb = claimedPng(width, height, 50_000_000);
    expect(bomb.length).toBeLessThan(60_000);
    expect(["too_large", "damaged"]).toContain(await refusalOf(bomb));
  });

  test("1000 frames are the last that fit", async () => {
    expect(await refusalOf(await animation(1_000).gif({ effort: 1 }).toBuffer())).toBeNull();
    expect(await refusalOf(await animation(1_001).gif({ effort: 1 }).toBuffer())).toBe("too_large");
    expect(await refusalOf(await animation(1_001).webp({ effort: 0 }).toBuffer())).toBe("too_large");
  });

  test("a profile that swells to 100 MB is not unpacked", async () => {
    const swollen = Buffer.concat([Buffer.from("name\0\0"), deflateSync(Buffer.alloc(100_000_000))]);
    const file = withPngChunk(await plain(60, 60).png().toBuffer(), "iCCP", swollen);
    expect(await refusalOf(file)).toBeNull();
  });

  test("a progressive JPEG that repeats its last scan for ever is refused", async () => {
    const file = await grainy(600, 600).jpeg({ progressive: true }).toBuffer();
    const { start } = lastScan(file);
    const scan = file.subarray(start, file.length - 2);
    const bomb = Buffer.concat([file.subarray(0, -2), ...Array.from({ length: 300 }, () => scan), file.subarray(-2)]);
    expect(await refusalOf(bomb)).toBe("damaged");
  });
});

describe("truncated", async () => {
  const kinds = Object.entries(await everyKind());

  test.each(kinds)("%s, cut anywhere", async (_, file) => {
    const cuts = [1, 2, 3, 8, 11].map((missing) => file.length - missing);
    for (let tenth = 0; tenth < 40; tenth += 1) cuts.push(Math.floor((file.length * tenth) / 40));
    for (const cut of cuts) {
      expect(await refusalOf(file.subarray(0, cut)), `${cut} of ${file.length} bytes`).not.toBeNull();
    }
  });

  test("a tall photo whose lower end, which the crop leaves out, is missing", async () => {
    const file = await grainy(100, 1_200).jpeg().toBuffer();
    const cut = file.subarray(0, file.length * 0.9);
    // Decoders do not mind: this is why the file's own end is looked for.
    const middle = { left: 0, top: 550, width: 100, height: 100 };
    expect((await sharp(cut).extract(middle).raw().toBuffer()).length).toBe(30_000);

    expect(await refusalOf(cut)).toBe("damaged");
  });

  test("a photo that ends early but properly", async () => {
    const file = await grainy(200, 200).jpeg().toBuffer();
    expect(await refusalOf(Buffer.concat([file.subarray(0, file.length / 2), Buffer.from([0xff, 0xd9])]))).toBe(
      "damaged",
    );
  });
});
