import type { PutOptions, StoredObject } from "./storage";

/**
 * One file holds an object and its headers, so that a single rename replaces both at once:
 *
 *     bytes of the object | headers as JSON | length of that JSON (4 bytes, big-endian) | "PRLY"
 *
 * The headers stand at the end because image viewers ignore what follows an image: a file of the folder still opens.
 */
const mark = Buffer.from("PRLY", "latin1");
const footerLength = 4 + mark.length;

export function encodeObject(bytes: Uint8Array, { contentType, cacheControl }: PutOptions): Uint8Array {
  const headers = Buffer.from(JSON.stringify({ contentType, cacheControl }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headers.length);
  return Buffer.concat([bytes, headers, length, mark]);
}

/** A file that `encodeObject` did not write (someone copied it into the folder) is served as it is, untyped. */
export function decodeObject(file: Buffer): StoredObject {
  const untyped = { bytes: file, contentType: "application/octet-stream" };
  const footer = file.length - footerLength;
  if (footer < 0 || !file.subarray(-mark.length).equals(mark)) return untyped;
  const headersStart = footer - file.readUInt32BE(footer);
  if (headersStart < 0) return untyped;
  const headers = JSON.parse(file.toString("utf8", headersStart, footer)) as PutOptions;
  return { bytes: file.subarray(0, headersStart), ...headers };
}
