import { expect, test } from "vitest";
import { plain } from "../../test/pictures";
import { isJpegComplete } from "./jpeg";

/** `jpeg` with an EXIF segment that holds a whole thumbnail, end marker and all. */
async function withThumbnail(jpeg: Buffer): Promise<Buffer> {
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), await plain(8, 8).jpeg().toBuffer()]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

test("the end of a thumbnail is not the end of the photo", async () => {
  const photo = await withThumbnail(await plain(60, 60).jpeg().toBuffer());
  expect(isJpegComplete(photo)).toBe(true);
  expect(isJpegComplete(photo.subarray(0, -2))).toBe(false);
});

test("fill bytes before the end do not hide it", async () => {
  const photo = await plain(60, 60).jpeg().toBuffer();
  expect(isJpegComplete(Buffer.concat([photo.subarray(0, -2), Buffer.from([0xff, 0xff, 0xff, 0xd9])]))).toBe(true);
});

test.each([[[0xff]], [[0xff, 0xe0]], [[0xff, 0xe0, 0]], [[0xff, 0xe0, 0, 0]], [[0xff, 0xe0, 0xff, 0xff]]])(
  "a segment cut short is no end: %j",
  (tail) => {
    expect(isJpegComplete(Buffer.from([0xff, 0xd8, ...tail]))).toBe(false);
  },
);
