import { expect } from "vitest";
import { blue, type Colour, colourAt, green, red, yellow } from "./pictures";

/** JPEG and colour conversion move a channel by a few steps of 255. */
export async function expectColour(bytes: Uint8Array, [x, y]: [number, number], expected: Colour): Promise<void> {
  const found = await colourAt(bytes, x, y);
  const farthest = Math.max(...found.map((channel, n) => Math.abs(channel - (expected[n] ?? 0))));
  expect(farthest, `${found} instead of ${expected} at ${x}, ${y}`).toBeLessThan(8);
}

/** Expects the quarters of `quarters()` where they belong. */
export async function expectQuarters(bytes: Uint8Array): Promise<void> {
  await expectColour(bytes, [0.1, 0.1], red);
  await expectColour(bytes, [0.9, 0.1], green);
  await expectColour(bytes, [0.1, 0.9], blue);
  await expectColour(bytes, [0.9, 0.9], yellow);
}
