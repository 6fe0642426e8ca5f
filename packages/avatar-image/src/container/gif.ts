const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;

export function isGif(bytes: Buffer): boolean {
  const signature = bytes.toString("latin1", 0, 6);
  return signature === "GIF87a" || signature === "GIF89a";
}

/** Whether all blocks up to the trailer are there (GIF89a specification, appendix B). */
export function isGifComplete(bytes: Buffer): boolean {
  let at = 13 + colourTableLength(bytes[10]);
  for (;;) {
    const block = bytes[at];
    if (block === trailer) return true;
    if (block === extension) at = skipSubBlocks(bytes, at + 2);
    else if (block === image) at = skipSubBlocks(bytes, at + 11 + colourTableLength(bytes[at + 9]));
    else return false;
  }
}

/** The length in bytes of the colour table that the flags of a screen or an image announce. */
function colourTableLength(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0;
}

/** Data comes in sub-blocks of a length byte and as many bytes; an empty one ends it. */
function skipSubBlocks(bytes: Buffer, start: number): number {
  let at = start;
  for (let length = bytes[at]; length; length = bytes[at]) at += 1 + length;
  return at + 1;
}
