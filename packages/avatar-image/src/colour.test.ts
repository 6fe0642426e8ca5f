import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { expectColour } from "../test/expect-colour";
import { withPngChunk } from "../test/files";
import { colourAt, plain, red, white, yellow } from "../test/pictures";
import { normaliseAvatar } from "./avatar-image";

describe("colour", () => {
  test("Display P3 becomes sRGB", async () => {
    const file = await plain(60, 60, red).withIccProfile("p3").png().toBuffer();
    const untranslated = await sharp(file, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
    expect(untranslated[0]).toBeLessThan(190);

    await expectColour((await normaliseAvatar(file)).bytes, [0.5, 0.5], red);
  });

  test("CMYK becomes sRGB", async () => {
    const file = await plain(60, 60, yellow).toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(file).metadata()).space).toBe("cmyk");

    const { bytes } = await normaliseAvatar(file);

    expect(await sharp(bytes).metadata()).toMatchObject({ space: "srgb", channels: 3 });
    const [r, g, b] = await colourAt(bytes, 0.5, 0.5);
    expect([r > 200, g > 170, b < 90]).toEqual([true, true, true]);
  });

  test.each([
    ["grey", () => plain(60, 60, [128, 128, 128]).greyscale().png()],
    ["16 bits a channel", () => plain(60, 60, [128, 128, 128]).toColourspace("rgb16").png()],
    ["grey of 16 bits", () => plain(60, 60, [128, 128, 128]).toColourspace("grey16").png()],
    ["a palette", () => plain(60, 60, [128, 128, 128]).png({ palette: true })],
  ])("%s becomes three channels of 8 bits", async (_, file) => {
    const { bytes } = await normaliseAvatar(await file().toBuffer());

    expect(await sharp(bytes).metadata()).toMatchObject({ space: "srgb", channels: 3, depth: "uchar" });
    await expectColour(bytes, [0.5, 0.5], [128, 128, 128]);
  });

  test("a broken colour profile does not keep a picture out", async () => {
    const file = withPngChunk(await plain(60, 60).png().toBuffer(), "iCCP", Buffer.from("name\0\0not a profile"));
    await expectColour((await normaliseAvatar(file)).bytes, [0.5, 0.5], red);
  });
});

describe("transparency", () => {
  test.each(["png", "webp", "gif"] as const)("%s is laid on white paper", async (format) => {
    const hole = await plain(60, 60, red).ensureAlpha(0).toFormat(format).toBuffer();
    expect((await sharp(hole).metadata()).hasAlpha).toBe(true);

    await expectColour((await normaliseAvatar(hole)).bytes, [0.5, 0.5], white);
  });

  test("half transparent is half white", async () => {
    const file = await plain(60, 60, [0, 0, 0]).ensureAlpha(0.5).png().toBuffer();
    await expectColour((await normaliseAvatar(file)).bytes, [0.5, 0.5], [127, 127, 127]);
  });
});
