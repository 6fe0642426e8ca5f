import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import sharp, { type Metadata, type Sharp } from "sharp";
import { recogniseContainer } from "./container/container";
import { createTurns } from "./turns";

const sidePixels = 512;
/** 50 megapixels: what the slowest of the formats still decodes within a second or two. */
const maxInputPixels = 50_000_000;
const maxFrames = 1_000;

const messages = {
  unsupported_format: "must be a JPEG, PNG, WebP or GIF image",
  too_large: "must have at most 50 megapixels and 1000 frames",
  damaged: "must be a complete, undamaged image file",
} as const;

/** The bytes cannot become an avatar. The message is public and fits behind the name of a field. */
export class AvatarImageError extends Error {
  override name = "AvatarImageError";

  constructor(
    readonly reason: keyof typeof messages,
    options?: { cause: unknown },
  ) {
    super(messages[reason], options);
  }
}

export interface AvatarImage {
  /** A JPEG of 512x512 pixels in sRGB, upright, without any metadata. */
  bytes: Uint8Array;
  contentType: "image/jpeg";
  /** Width and height in pixels. */
  size: 512;
  /** SHA-256 of `bytes` in hex: the same picture always gets the same name. */
  hash: string;
}

// No two uploads share pixels, so the cache would only hold on to memory.
sharp.cache(false);

/** One more than cores, so that a core that has finished a picture finds the next one under way already. */
const turns = createTurns(availableParallelism() + 1);

/** How much memory one turn stands for. What streams through row by row needs far less. */
const turnBytes = 64 * 1024 * 1024;

/** libvips puts errors into words alone. This one is a mistake that Samsung cameras make and every browser forgives. */
const forgivenWarning = "Invalid SOS parameters for sequential JPEG";

/**
 * Makes an avatar of an uploaded JPEG, PNG, WebP or GIF file: turned upright as its EXIF data asks, the middle square
 * of its first frame, transparency laid on white. Hardly more than there are cores are decoded at once, fewer if
 * they are large; others wait. Throws `AvatarImageError`, and nothing else, for bytes it does not accept.
 * Source of the rules: "Image file (JPEG, PNG, WebP, or GIF) … resized to 512x512 pixels", Users API.
 */
export async function normaliseAvatar(bytes: Uint8Array): Promise<AvatarImage> {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const container = recogniseContainer(input);
  if (!container) throw new AvatarImageError("unsupported_format");
  if (!container.isComplete) throw new AvatarImageError("damaged");

  const metadata = await decoding(input, (source) => source.metadata());
  if (metadata.format !== container.format) throw new AvatarImageError("unsupported_format");
  if (metadata.width * metadata.height > maxInputPixels) throw new AvatarImageError("too_large");
  if ((metadata.pages ?? 1) > maxFrames) throw new AvatarImageError("too_large");

  const avatar = await turns.run(turnsNeeded(metadata), () => decoding(input, (source) => render(source, metadata)));
  return {
    bytes: avatar,
    contentType: "image/jpeg",
    size: sidePixels,
    hash: createHash("sha256").update(avatar).digest("hex"),
  };
}

/** Draws an SVG document of our own making (never one from a visitor) as a JPEG of 512x512 pixels. */
export async function renderPortrait(svg: string): Promise<Uint8Array> {
  return await turns.run(1, () => toJpeg(sharp(Buffer.from(svg)).resize(sidePixels, sidePixels, { fit: "cover" })));
}

function render(source: Sharp, { autoOrient: { width, height } }: Metadata): Promise<Buffer> {
  const image = source.autoOrient();
  const shortSide = Math.min(width, height);
  const longSide = Math.max(width, height);
  // The decoder scales before it crops: a ribbon of 65000x1 would first become 33 million pixels wide. Cutting first
  // costs the JPEG decoder its shortcut to smaller sizes, which a ribbon does not miss.
  if (longSide > 16 * shortSide) {
    image.extract({
      left: Math.floor((width - shortSide) / 2),
      top: Math.floor((height - shortSide) / 2),
      width: shortSide,
      height: shortSide,
    });
  }
  return toJpeg(image.resize(sidePixels, sidePixels, { fit: "cover" }));
}

/** Huffman tables made to measure would save 4% of the bytes and take 6% of the time of a whole upload. */
function toJpeg(image: Sharp): Promise<Buffer> {
  return image
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .jpeg({ quality: 80, optimiseCoding: false })
    .toBuffer();
}

/** Pictures that cannot be decoded row by row are held in memory whole, at up to four channels. */
function turnsNeeded({ format, width, height, isProgressive, orientation = 1, depth }: Metadata): number {
  const streams = (format === "jpeg" || format === "png") && !isProgressive && orientation === 1;
  if (streams) return 1;
  const bytesPerPixel = depth === "ushort" ? 8 : 4;
  return Math.max(1, Math.ceil((width * height * bytesPerPixel) / turnBytes));
}

/** Does `work` on the picture with every warning of the decoder taken for damage, save for one. */
async function decoding<T>(input: Buffer, work: (source: Sharp) => Promise<T>): Promise<T> {
  const attempt = (failOn: "warning" | "error") =>
    work(sharp(input, { failOn, limitInputPixels: maxInputPixels, sequentialRead: true }));
  try {
    return await attempt("warning").catch((error: unknown) => {
      if (messageOf(error).includes(forgivenWarning)) return attempt("error");
      throw error;
    });
  } catch (cause) {
    const isTooLarge = messageOf(cause).includes("exceeds pixel limit");
    throw new AvatarImageError(isTooLarge ? "too_large" : "damaged", { cause });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
