const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

/** Whether every chunk up to IEND is there in full. A chunk is length, type, data, checksum (W3C PNG, 5.3). */
export function isPngComplete(bytes: Buffer): boolean {
  let at = signature.length;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return false;
    if (bytes.toString("latin1", at + 4, at + 8) === "IEND") return true;
    at = end;
  }
  return false;
}
