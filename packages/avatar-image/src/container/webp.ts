export function isWebp(bytes: Buffer): boolean {
  return bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP";
}

/** Whether the file is as long as its RIFF header says. */
export function isWebpComplete(bytes: Buffer): boolean {
  return bytes.length >= 8 + bytes.readUInt32LE(4);
}
