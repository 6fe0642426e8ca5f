import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { isObjectKey, objectUrl, requireObjectKey } from "./key";
import type { ObjectStorage, StoredObject } from "./storage";

export interface S3StorageOptions {
  /** For example `https://<account>.r2.cloudflarestorage.com` or `http://127.0.0.1:9000`. */
  endpoint: string;
  /** Must exist already: making buckets is the business of whoever pays for them. */
  bucket: string;
  /** `auto` for R2. */
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The address under which the bucket is public, often a CDN: `https://cdn.example.com`. */
  publicUrl: string;
  /** How long one attempt may take, in milliseconds, connection included. Three attempts are made. */
  timeoutMs?: number;
}

/** Objects in a bucket of any server that speaks S3 (R2, MinIO, AWS…). Errors are those of the AWS SDK. */
export function createS3Storage(options: S3StorageOptions): ObjectStorage {
  const { bucket, timeoutMs = 10_000 } = options;
  const client = new S3Client({
    endpoint: options.endpoint,
    region: options.region,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    // Self-hosted servers have no wildcard DNS for bucket.host names.
    forcePathStyle: true,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: Math.min(timeoutMs, 3_000),
      requestTimeout: timeoutMs,
      // Without this the SDK only logs a warning and goes on waiting.
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs,
    },
    // The SDK's newer default checksums are refused or stored as garbage by older S3-compatible servers.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });

  return {
    async put(key, bytes, { contentType, cacheControl }) {
      requireObjectKey(key);
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentLength: bytes.byteLength,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },

    async get(key) {
      if (!isObjectKey(key)) return null;
      return absentAsNull(readObject(client, bucket, key));
    },

    async exists(key) {
      if (!isObjectKey(key)) return false;
      return (await absentAsNull(client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })))) !== null;
    },

    async delete(key) {
      if (!isObjectKey(key)) return;
      await absentAsNull(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
    },

    async *list(prefix) {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        // Whatever else lives in the bucket under keys that are not ours cannot be read through `get` either.
        for (const { Key } of page.Contents ?? []) if (Key !== undefined && isObjectKey(Key)) yield Key;
      }
    },

    publicUrl: (key) => objectUrl(options.publicUrl, key),

    close: async () => client.destroy(),
  };
}

async function readObject(client: S3Client, bucket: string, key: string): Promise<StoredObject> {
  const { Body, ContentType, CacheControl } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return {
    bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(),
    contentType: ContentType ?? "application/octet-stream",
    ...(CacheControl !== undefined && { cacheControl: CacheControl }),
  };
}

/** A missing object is no error here. A missing bucket is one: it answers 404 as well, but under another name. */
async function absentAsNull<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof S3ServiceException && (error.name === "NoSuchKey" || error.name === "NotFound")) return null;
    throw error;
  }
}
