import { createHash } from "node:crypto";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { expectColour, expectQuarters } from "../test/expect-colour";
import { everyKind, lastScan } from "../test/files";
import { animation, grainy, plain, quarters, red, white } from "../test/pictures";
import { normaliseAvatar, renderPortrait } from "./avatar-image";

describe("every kind of file", async () => {
  test.each(Object.entries(await everyKind()))("%s becomes a bare JPEG of 512x512 in sRGB", async (_, file) => {
    const avatar = await normaliseAvatar(file);

    expect(avatar).toMatchObject({ contentType: "image/jpeg", size: 512 });
    expect(avatar.hash).toBe(createHash("sha256").update(avatar.bytes).digest("hex"));
    const metadata = await sharp(avatar.bytes).metadata();
    expect(metadata).toMatchObject({ format: "jpeg", width: 512, height: 512, space: "srgb", channels: 3 });
    expect(metadata).not.toHaveProperty("exif");
    expect(metadata).not.toHaveProperty("icc");
    expect(metadata).not.toHaveProperty("xmp");
  });

  test.each(["jpeg", "png", "webp"] as const)("%s keeps its colours where they are", async (format) => {
    await expectQuarters((await normaliseAvatar(await (await quarters()).toFormat(format).toBuffer())).bytes);
  });
});

test("reads a view of a larger buffer", async () => {
  const file = await plain(10, 10).png().toBuffer();
  const upload = Buffer.concat([Buffer.from("--boundary"), file, Buffer.from("--boundary--")]);
  const view = new Uint8Array(upload.buffer, upload.byteOffset + 10, file.length);

  expect((await normaliseAvatar(view)).hash).toBe((await normaliseAvatar(file)).hash);
});

describe("orientation", () => {
  type Turn = (picture: Sharp) => Sharp;
  /** How the camera must have held the picture for each value of the tag, as steps that are done one by one. */
  const stored: [orientation: number, turns: Turn[]][] = [
    [1, []],
    [2, [(picture) => picture.flop()]],
    [3, [(picture) => picture.rotate(180)]],
    [4, [(picture) => picture.flip()]],
    [5, [(picture) => picture.rotate(90), (picture) => picture.flop()]],
    [6, [(picture) => picture.rotate(270)]],
    [7, [(picture) => picture.rotate(270), (picture) => picture.flop()]],
    [8, [(picture) => picture.rotate(90)]],
  ];

  describe.each(["jpeg", "png", "webp"] as const)("%s", (format) => {
    test.each(stored)("%i is turned upright", async (orientation, turns) => {
      let picture = await quarters();
      for (const turn of turns) picture = sharp(await turn(picture).png().toBuffer());
      const file = await picture.withMetadata({ orientation }).toFormat(format).toBuffer();
      expect((await sharp(file).metadata()).orientation).toBe(orientation);

      await expectQuarters((await normaliseAvatar(file)).bytes);
    });
  });

  test("turns a ribbon too, whose middle is cut out before anything else", async () => {
    const middle = await (await quarters(100, 100)).png().toBuffer();
    const upright = await plain(100, 4_000, white)
      .composite([{ input: middle }])
      .png()
      .toBuffer();
    const file = await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).png().toBuffer();

    await expectQuarters((await normaliseAvatar(file)).bytes);
  });
});

test("leaves nothing of what a photo tells about its place and owner", async () => {
  const file = await plain(60, 60)
    .withExif({ IFD0: { Artist: "Jane Doe" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 3230/100" } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>Jane Doe</secret></x:xmpmeta>')
    .jpeg()
    .toBuffer();
  expect(file.toString("latin1").match(/Exif|Jane Doe|xmpmeta/g)).toEqual(expect.arrayContaining(["Exif", "xmpmeta"]));

  const { bytes } = await normaliseAvatar(file);

  expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/Exif|Jane Doe|xmp/);
});

describe("animations", () => {
  test.each(["gif", "webp"] as const)("a %s of 200 frames gives its first", async (format) => {
    const file = await animation(200).toFormat(format, { lossless: true }).toBuffer();
    expect((await sharp(file).metadata()).pages).toBe(200);

    const { bytes } = await normaliseAvatar(file);

    for (const at of [0.05, 0.5, 0.95]) await expectColour(bytes, [at, at], red);
  });
});

describe("shape", () => {
  test.each([
    [1, 1],
    [3, 2],
    [511, 513],
    [512, 512],
    [65_500, 1],
    [1, 65_500],
    [20_000, 1_000],
    [30, 16_000],
  ])("%i x %i fills the square", async (width, height) => {
    for (const format of ["jpeg", "png"] as const) {
      const { bytes } = await normaliseAvatar(await plain(width, height).toFormat(format).toBuffer());
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 512, height: 512 });
      for (const at of [0, 0.5, 0.999]) await expectColour(bytes, [at, at], red);
    }
  });

  test.each([
    ["wide", 400, 100, "left"],
    ["tall", 100, 400, "top"],
    ["ribbon wide", 4000, 100, "left"],
    ["ribbon tall", 100, 4000, "top"],
  ])("keeps the middle of a %s picture", async (_, width, height, side) => {
    const middle = await (await quarters(100, 100)).png().toBuffer();
    const offset = (Math.max(width, height) - 100) / 2;
    const at = side === "left" ? { left: offset, top: 0 } : { left: 0, top: offset };
    const file = await plain(width, height, white)
      .composite([{ input: middle, ...at }])
      .png()
      .toBuffer();

    await expectQuarters((await normaliseAvatar(file)).bytes);
  });
});

test("forgives the scan header that Samsung cameras get wrong", async () => {
  const file = await (await quarters()).jpeg().toBuffer();
  const { data } = lastScan(file);
  // The spectral selection of a sequential scan must say 0 to 63; these cameras write 0 to 0.
  file[data - 2] = 0;
  await expect(sharp(file).toBuffer()).rejects.toThrow(/Invalid SOS/);

  await expectQuarters((await normaliseAvatar(file)).bytes);
});

test("ignores what follows the picture, as in the two-picture files of newer phones", async () => {
  const file = await (await quarters()).jpeg().toBuffer();
  const { bytes } = await normaliseAvatar(Buffer.concat([file, file.subarray(0, file.length / 2)]));
  await expectQuarters(bytes);
});

test("gives equal answers to eight photos at once", async () => {
  const photo = await grainy(1200, 900).withMetadata({ orientation: 8 }).jpeg().toBuffer();
  const avatars = await Promise.all(Array.from({ length: 8 }, () => normaliseAvatar(photo)));
  expect(new Set(avatars.map(({ hash }) => hash)).size).toBe(1);
});

test("draws a portrait from SVG", async () => {
  const bytes = await renderPortrait(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5" height="10" fill="rgb(200,40,40)"/></svg>',
  );

  expect(await sharp(bytes).metadata()).toMatchObject({ format: "jpeg", width: 512, height: 512 });
  await expectColour(bytes, [0.2, 0.5], red);
  await expectColour(bytes, [0.8, 0.5], white);
});
