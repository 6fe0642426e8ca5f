import type { FastifyReply, FastifyRequest } from "fastify";
import type { CachedAnswer } from "../byte-cache";
import type { Answer } from "./answer";

/** Headers of one request alone: its id and limits, its origin, its connection. */
const perRequest = /^(?:x-request-id|x-ratelimit-.*|access-control-.*|date|connection|keep-alive|vary|content-length)$/;

/**
 * The answer as bytes, with what plugins such as helmet have set; null where it is not the same for everybody. Requests
 * with credentials, a query or an Origin never meet the cache.
 */
export function cacheableAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  vary: string,
): CachedAnswer | null {
  const { authorization, origin } = request.headers;
  if (answer.status !== 200 || answer.body === null || authorization !== undefined || origin !== undefined) return null;
  if (request.url.includes("?")) return null;
  const body = Buffer.from(answer.body).toString("latin1");
  const headers: string[] = [];
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...answer.headers })) {
    if (!perRequest.test(name) && value !== undefined) headers.push(name, String(value));
  }
  const varied = reply.getHeader("vary");
  headers.push("vary", varied === undefined ? vary : `${String(varied)}, ${vary}`);
  headers.push("content-length", String(body.length));
  return { status: answer.status, headers, body, etag: answer.etag };
}
