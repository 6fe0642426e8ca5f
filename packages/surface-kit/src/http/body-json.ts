import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal";

const maxJsonBytes = 256 * 1024;

const utf8 = new TextDecoder("utf-8", { fatal: true });
const jsonType = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?(?:;\s*)?$/i;

/**
 * Reads a JSON object.
 * @returns null for an empty body where `isOptional`.
 * @throws Refusal
 */
export async function readJsonObject(
  req: IncomingMessage,
  isOptional: boolean,
): Promise<Record<string, unknown> | null> {
  const type = req.headers["content-type"];
  if (type !== undefined && !jsonType.test(type)) {
    throw new Refusal("unsupported_media_type", "The request body must be application/json in UTF-8");
  }
  if (req.headers["content-encoding"] !== undefined) {
    throw new Refusal("unsupported_media_type", "The request body must not be compressed");
  }
  const bytes = await readBytes(req, maxJsonBytes);
  if (bytes.length === 0) {
    if (isOptional) return null;
    throw new Refusal("malformed_request", "A JSON object is required as the request body");
  }
  if (type === undefined) {
    throw new Refusal("unsupported_media_type", "The request body must be application/json in UTF-8");
  }
  const body = parse(bytes);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Refusal("malformed_request", "The request body must be a JSON object");
  }
  return body as Record<string, unknown>;
}

function parse(bytes: Buffer): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Refusal("malformed_request", "The request body is not valid UTF-8");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("malformed_request", "The request body is not valid JSON");
  }
}

/** Reads a body of at most `maxBytes`, and stops reading as soon as it proves longer. */
function readBytes(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new Refusal("malformed_request", "The request body is too large");
  return new Promise((resolve, reject) => {
    if (Number(req.headers["content-length"] ?? 0) > maxBytes) return reject(tooLarge());
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = () => {
      req.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) return void chunks.push(chunk);
      stop();
      req.pause();
      reject(tooLarge());
    };
    const onEnd = () => {
      stop();
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    };
    const onBroken = () => {
      stop();
      reject(new Refusal("malformed_request", "The request body ended early"));
    };
    req.on("data", onData).on("end", onEnd).on("error", onBroken).on("close", onBroken);
  });
}
