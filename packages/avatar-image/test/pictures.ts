import sharp, { type Sharp } from "sharp";

export type Colour = [red: number, green: number, blue: number];

export const red: Colour = [200, 40, 40];
export const green: Colour = [40, 160, 60];
export const blue: Colour = [40, 60, 200];
export const yellow: Colour = [220, 200, 40];
export const white: Colour = [255, 255, 255];

/** A picture of one colour, to be written in any format. */
export function plain(width: number, height: number, colour: Colour = red): Sharp {
  return sharp({ create: { width, height, channels: 3, background: toObject(colour) } });
}

/** Red, green, blue and yellow quarters, in reading order: shows how a picture was turned or mirrored. */
export async function quarters(width = 96, height = 64): Promise<Sharp> {
  const [left, top] = [width / 2, height / 2];
  const quarter = (colour: Colour) =>
    plain(width / 2, height / 2, colour)
      .png()
      .toBuffer();
  const picture = plain(width, height, red).composite([
    { input: await quarter(green), left, top: 0 },
    { input: await quarter(blue), left: 0, top },
    { input: await quarter(yellow), left, top },
  ]);
  return sharp(await picture.png().toBuffer());
}

/** Noise on a plain ground: has a long data section in every format. The same picture on every call. */
export function grainy(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  const random = randomNumbers(width * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = random() * 256;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** `count` frames of 8x8 pixels, the first one red, the others blue and yellow in turn. */
export function animation(count: number): Sharp {
  const frame = (colour: Colour) => Buffer.concat(Array.from({ length: 64 }, () => Buffer.from(colour)));
  const later = [frame(blue), frame(yellow)] as const;
  const pixels = Array.from({ length: count }, (_, n) => (n === 0 ? frame(red) : later[n % 2 === 0 ? 0 : 1]));
  return sharp(Buffer.concat(pixels), { raw: { width: 8, height: 8 * count, channels: 3, pageHeight: 8 } });
}

/** The colour of `bytes` at a point given in fractions of width and height. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<Colour> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [data[at], data[at + 1], data[at + 2]] as Colour;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function toObject([r, g, b]: Colour) {
  return { r, g, b };
}
