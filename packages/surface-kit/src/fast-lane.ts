import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ByteCache, CachedAnswer } from "./byte-cache";
import type { LimitState } from "./http/context";
import { isUnchanged } from "./http/etag";
import { requestIdGrammar } from "./http/send";

export type Listener = (req: IncomingMessage, res: ServerResponse) => void;

/** What the lane is told of a caller's limit; null where limits are off. */
export type LaneLimit = (LimitState & { isAllowed: boolean }) | null;

export interface FastLaneOptions {
  cache: Pick<ByteCache, "read">;
  /** Counts the request, as the procedure's own limit would. What is not allowed goes the long way, to be refused there. */
  consume(req: IncomingMessage): LaneLimit | Promise<LaneLimit>;
  /** Told of every answer, for figures. */
  onAnswer?(status: number): void;
}

/**
 * Stands in front of Fastify (in its `serverFactory`) and answers from bytes what it can: GETs without credentials,
 * query or Origin whose answer is cached. All else goes `otherwise`.
 *
 * `serverFactory: (handler) => http.createServer((req, res) => lane(req, res, handler))`
 */
export function createFastLane({ cache, consume, onAnswer }: FastLaneOptions) {
  function answer(req: IncomingMessage, res: ServerResponse, cached: CachedAnswer, limit: LaneLimit): void {
    const sentId = headerOf(req, "x-request-id");
    const requestId = sentId !== undefined && requestIdGrammar.test(sentId) ? sentId : randomUUID();
    const isFresh = cached.etag === null || !isUnchanged(headerOf(req, "if-none-match"), cached.etag);
    // A flat list spares Node an object, and a lookup for each header.
    const head = isFresh ? cached.headers.slice() : withoutContent(cached.headers);
    head.push("x-request-id", requestId);
    if (limit !== null) {
      head.push("x-ratelimit-limit", String(limit.limit), "x-ratelimit-remaining", String(limit.remaining));
      head.push("x-ratelimit-reset", String(limit.resetSeconds));
    }
    const status = isFresh ? cached.status : 304;
    res.writeHead(status, head);
    if (isFresh) res.end(cached.body, "latin1");
    else res.end();
    onAnswer?.(status);
  }

  async function answerLater(
    req: IncomingMessage,
    res: ServerResponse,
    cached: CachedAnswer,
    consuming: Promise<LaneLimit>,
    otherwise: Listener,
  ): Promise<void> {
    let limit: LaneLimit;
    try {
      limit = await consuming;
    } catch {
      // The long way meets the same fault, and knows how to answer it.
      otherwise(req, res);
      return;
    }
    if (limit !== null && !limit.isAllowed) otherwise(req, res);
    else answer(req, res, cached, limit);
  }

  return (req: IncomingMessage, res: ServerResponse, otherwise: Listener): void => {
    const cached = req.method === "GET" ? cache.read(req.url ?? "") : undefined;
    if (cached === undefined || !isPlain(req)) {
      otherwise(req, res);
      return;
    }
    const limit = consume(req);
    if (limit instanceof Promise) void answerLater(req, res, cached, limit, otherwise);
    else if (limit !== null && !limit.isAllowed) otherwise(req, res);
    else answer(req, res, cached, limit);
  };
}

const special = new Set(["authorization", "origin", "content-length", "transfer-encoding"]);

/** No credentials, no Origin (CORS is Fastify's to answer), no body. Raw headers are read, since Node parses `headers` on demand. */
function isPlain({ rawHeaders }: IncomingMessage): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (special.has(rawHeaders[i]?.toLowerCase() ?? "")) return false;
  }
  return true;
}

function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const candidate = rawHeaders[i];
    if (candidate?.length === name.length && candidate.toLowerCase() === name) return rawHeaders[i + 1];
  }
  return undefined;
}

function withoutContent(headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]?.startsWith("content-") === false) kept.push(headers[i] ?? "", headers[i + 1] ?? "");
  }
  return kept;
}
