import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Answer } from "./answer";
import type { SurfaceContext } from "./context";
import { drainLeftover } from "./leftover";

export const requestIdGrammar = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own id where it is well formed, else a new one. */
export function requestIdOf(sent: string | string[] | undefined): string {
  return typeof sent === "string" && requestIdGrammar.test(sent) ? sent : randomUUID();
}

export interface Sending {
  requestId: string;
  context: SurfaceContext | null;
  vary: string;
  /** How to prove who calls, for 401. */
  challenge?: string;
}

/** Sends an answer with the headers that every answer carries. */
export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  { requestId, context, vary, challenge = "Bearer" }: Sending,
): FastifyReply {
  reply.statusCode = answer.status;
  for (const name in answer.headers) reply.header(name, answer.headers[name]);
  reply.header("x-request-id", requestId);
  // A CORS plugin has named Origin by now.
  const earlier = reply.getHeader("vary");
  reply.header("vary", earlier === undefined ? vary : `${String(earlier)}, ${vary}`);
  const limit = context?.limit() ?? null;
  if (limit !== null) {
    reply.header("x-ratelimit-limit", String(limit.limit));
    reply.header("x-ratelimit-remaining", String(limit.remaining));
    reply.header("x-ratelimit-reset", String(limit.resetSeconds));
  }
  if (answer.status === 401) {
    const isWorthless = context?.hasCredentials === true && challenge === "Bearer";
    reply.header("www-authenticate", isWorthless ? 'Bearer error="invalid_token"' : challenge);
  }
  drainLeftover(request.raw, reply.raw);
  return reply.send(answer.body ?? undefined);
}
