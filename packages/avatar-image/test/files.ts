import { crc32, deflateSync } from "node:zlib";
import { animation, grainy } from "./pictures";

/** One small file of every accepted kind, by a telling name. */
export async function everyKind(): Promise<Record<string, Buffer>> {
  const picture = grainy(60, 40);
  const [baseline, progressive, png, interlaced, palette, lossy, lossless, gif, animatedWebp, animatedGif] =
    await Promise.all([
      picture.clone().jpeg().toBuffer(),
      picture.clone().jpeg({ progressive: true }).toBuffer(),
      picture.clone().png().toBuffer(),
      picture.clone().png({ progressive: true }).toBuffer(),
      picture.clone().png({ palette: true }).toBuffer(),
      picture.clone().webp().toBuffer(),
      picture.clone().webp({ lossless: true }).toBuffer(),
      picture.clone().gif().toBuffer(),
      animation(5).webp().toBuffer(),
      animation(5).gif().toBuffer(),
    ]);
  return { baseline, progressive, png, interlaced, palette, lossy, lossless, gif, animatedWebp, animatedGif };
}

/** A chunk of a PNG file, checksum and all. */
function pngChunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}

/** A well-formed PNG that claims to be `width` x `height` and holds `dataBytes` zeros, squeezed to next to nothing. */
export function claimedPng(width: number, height: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.alloc(dataBytes))),
    pngChunk("IEND", new Uint8Array()),
  ]);
}

/** `png` with one more chunk after its header. */
export function withPngChunk(png: Buffer, type: string, data: Uint8Array): Buffer {
  return Buffer.concat([png.subarray(0, 33), pngChunk(type, data), png.subarray(33)]);
}

/** Where the header of the last scan of a JPEG begins, and where its data does. */
export function lastScan(jpeg: Buffer): { start: number; data: number } {
  const start = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
  return { start, data: start + 2 + jpeg.readUInt16BE(start + 2) };
}
