/**
 * Where Parley keeps files: avatars for everyone to see, verification documents for administrators alone.
 * Two drivers stand behind this interface, `./folder` (files on this machine) and `./s3` (any S3 protocol server);
 * one contract test runs against both, so a caller never needs to know which one it holds.
 *
 * Keys follow the rules of `./key`. Writing under any other key throws `InvalidObjectKeyError`; reading one answers
 * like an object that does not exist, so that a path from a URL may be looked up as it came.
 */
export interface ObjectStorage {
  /** Writes an object, replacing what was there. Readers see the old bytes or the new ones, never a mixture. */
  put(key: string, bytes: Uint8Array, options: PutOptions): Promise<void>;
  /** The object, or null where there is none. */
  get(key: string): Promise<StoredObject | null>;
  exists(key: string): Promise<boolean>;
  /** Removes an object; one that is already gone is fine. */
  delete(key: string): Promise<void>;
  /** All keys that begin with `prefix` (any text, not only whole path segments), in no promised order. */
  list(prefix: string): AsyncIterable<string>;
  /** The address at which a browser finds the object. Says nothing about whether it exists. */
  publicUrl(key: string): string;
  /** Lets go of connections. Nothing may be called afterwards. */
  close(): Promise<void>;
}

export interface PutOptions {
  /** A media type, for example `image/jpeg`. */
  contentType: string;
  /** A Cache-Control header for whoever serves the object, for example `public, max-age=31536000, immutable`. */
  cacheControl?: string;
}

export interface StoredObject {
  bytes: Uint8Array;
  contentType: string;
  /** As it was given to `put`. */
  cacheControl?: string;
}
