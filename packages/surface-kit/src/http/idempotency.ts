import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Refusal } from "./refusal";

/** A POST, identified by who calls what and by the key that the caller chose. */
export interface IdempotentRequest {
  scope: string;
  key: string;
}

export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Keeps first answers, and lets one of several like requests run. */
export interface IdempotencyStore {
  begin(
    request: IdempotentRequest & { fingerprint: Uint8Array },
  ): Promise<{ state: "fresh" } | ({ state: "replay" } & KeptAnswer) | { state: "mismatch" } | { state: "running" }>;
  complete(request: IdempotentRequest, answer: KeptAnswer): Promise<void>;
  /** Forgets a claim whose answer is not worth keeping, so that a retry runs afresh. */
  abandon(request: IdempotentRequest): Promise<void>;
}

const keyGrammar = /^[\x21-\x7e]{1,255}$/;
const maxDepth = 100;

/** The key in `Idempotency-Key` or its older spelling; null where there is none. */
export function idempotencyKey(headers: IncomingHttpHeaders): string | null {
  const standard = headers["idempotency-key"];
  const older = headers["x-idempotency-key"];
  const key = standard ?? older;
  if (key === undefined) return null;
  if (typeof key !== "string" || !keyGrammar.test(key) || (older !== undefined && older !== key)) {
    throw new Refusal("malformed_request", "Idempotency-Key must be one key of 1 to 255 visible ASCII characters");
  }
  return key;
}

/** SHA-256 over the native input in canonical form: members sorted, files by their bytes. */
export async function fingerprint(input: unknown): Promise<Uint8Array> {
  return createHash("sha256")
    .update(await canonical(input, 0))
    .digest();
}

async function canonical(value: unknown, depth: number): Promise<string> {
  if (depth > maxDepth) throw new Refusal("malformed_request", "The request body is nested too deeply");
  if (value instanceof Blob) {
    return `file:${createHash("sha256")
      .update(Buffer.from(await value.arrayBuffer()))
      .digest("hex")}`;
  }
  if (Array.isArray(value)) {
    const items: string[] = [];
    for (const item of value) items.push(await canonical(item, depth + 1));
    return `[${items.join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members: string[] = [];
    for (const [key, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (member !== undefined) members.push(`${JSON.stringify(key)}:${await canonical(member, depth + 1)}`);
    }
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
