import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { RemoteFetchError } from "./remote-fetch-error";

const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** What `readBody` can take, as `Accept-Encoding` says it. */
export const acceptEncoding = "gzip, deflate, br";

/** All of a body, at most `maxBytes` of it both on the way and unpacked: a small bomb is as refused as a large file. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  maxBytes: number,
): Promise<Uint8Array> {
  if (Number(headers["content-length"]) > maxBytes) throw new RemoteFetchError("too_large");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new RemoteFetchError("too_large");
    chunks.push(chunk);
  }
  const encoding = (headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const packed = Buffer.concat(chunks);
  if (encoding === "identity" || encoding === "" || packed.length === 0) return packed;
  if (!Object.hasOwn(decoders, encoding)) throw new RemoteFetchError("unreadable");
  return unpack(decoders[encoding as keyof typeof decoders], packed, maxBytes);
}

async function unpack(decode: (typeof decoders)["gzip"], packed: Buffer, maxBytes: number): Promise<Uint8Array> {
  try {
    return await decode(packed, { maxOutputLength: maxBytes });
  } catch (cause) {
    const isTooLarge = cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    throw new RemoteFetchError(isTooLarge ? "too_large" : "unreadable", { cause });
  }
}
