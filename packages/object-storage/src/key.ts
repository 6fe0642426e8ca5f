/** A key that no driver accepts was given to `put` or `publicUrl`. A mistake of the program, not of a visitor. */
export class InvalidObjectKeyError extends Error {
  override name = "InvalidObjectKeyError";

  constructor(key: string) {
    super(`not an object key: ${JSON.stringify(key.slice(0, 80))}`);
  }
}

/** Segments of letters, digits, `_`, `.`, `-` joined by `/`; none starts with a dot, so `.` and `..` cannot occur. */
const objectKey = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;

/** With every `/` spelled `%2F` even the slashiest key still fits the 255 bytes that file systems give to a name. */
const maxKeyLength = 200;
const maxKeyDepth = 16;

/**
 * Whether `key` may name an object: 1 to 200 characters that mean the same in a URL, in a file name and in S3, so that
 * no driver has to escape anything and no key can leave its folder.
 */
export function isObjectKey(key: string): boolean {
  return key.length <= maxKeyLength && objectKey.test(key) && key.split("/").length <= maxKeyDepth;
}

/** The address of `key` below `base` (with or without a slash at its end). Throws `InvalidObjectKeyError`. */
export function objectUrl(base: string, key: string): string {
  requireObjectKey(key);
  return `${base.replace(/\/+$/, "")}/${key}`;
}

/** Throws `InvalidObjectKeyError` unless `key` may name an object. */
export function requireObjectKey(key: string): void {
  if (!isObjectKey(key)) throw new InvalidObjectKeyError(key);
}
