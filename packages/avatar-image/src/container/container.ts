import { isGif, isGifComplete } from "./gif";
import { isJpeg, isJpegComplete } from "./jpeg";
import { isPng, isPngComplete } from "./png";
import { isWebp, isWebpComplete } from "./webp";

/** An accepted file format, as its own bytes show it; the name of an uploaded file proves nothing. */
export interface Container {
  /** The name sharp gives to the format. */
  format: "jpeg" | "png" | "webp" | "gif";
  /**
   * Whether the file goes on to its proper end. Decoders cannot be asked: they stop reading at the last row they need,
   * so that half of a tall picture, or the first frame of a cut animation, looks whole to them.
   */
  isComplete: boolean;
}

/** Which of the accepted formats `bytes` begin like, or null. Reads no pixels. */
export function recogniseContainer(bytes: Buffer): Container | null {
  if (isJpeg(bytes)) return { format: "jpeg", isComplete: isJpegComplete(bytes) };
  if (isPng(bytes)) return { format: "png", isComplete: isPngComplete(bytes) };
  if (isWebp(bytes)) return { format: "webp", isComplete: isWebpComplete(bytes) };
  if (isGif(bytes)) return { format: "gif", isComplete: isGifComplete(bytes) };
  return null;
}
