const endOfImage = 0xd9;
/** Markers without a length: TEM, the eight restart markers, and the stuffed zero of entropy-coded data. */
const standsAlone = (marker: number) => marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7);

export function isJpeg(bytes: Buffer): boolean {
  return bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff;
}

/**
 * Whether the end-of-image marker of the photo itself is there (ITU-T T.81, annex B). Segments are skipped by their
 * length, so the end of a thumbnail inside the EXIF data does not count; what follows the end, as in the multi-picture
 * files of some phones, does not matter.
 */
export function isJpegComplete(bytes: Buffer): boolean {
  let at = 2;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    const marker = at < 0 ? undefined : bytes[at + 1];
    if (marker === undefined) return false;
    if (marker === endOfImage) return true;
    if (marker === 0xff) at += 1;
    else if (standsAlone(marker)) at += 2;
    else if (at + 4 > bytes.length) return false;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
}
