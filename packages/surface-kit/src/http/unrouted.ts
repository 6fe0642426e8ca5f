import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { TransportCode } from "../dialect";
import type { Surface } from "../surface";
import type { MountOptions, SurfaceContext } from "./context";
import { answerFailure, type Refused } from "./failure-answer";
import { requestFacts } from "./request-facts";
import { requestIdOf, send } from "./send";

/** Answers to requests that reach no procedure, in the surface's own spelling. */
export function createUnrouted(surface: Surface, options: MountOptions) {
  async function answer(request: FastifyRequest, reply: FastifyReply, planned: Refused): Promise<FastifyReply> {
    const requestId = requestIdOf(request.headers["x-request-id"]);
    let context: SurfaceContext | null = null;
    let refused = planned;
    try {
      if (options.countUnrouted !== undefined) {
        context = await options.createContext(requestFacts(request, requestId, surface.auth));
        await options.countUnrouted(context);
      }
    } catch (error) {
      const { retryAfterSeconds, ...failure } = options.toFailure(error);
      refused = { ...failure, headers: retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) } };
    }
    const body = answerFailure(surface.dialect, refused, {
      requestId,
      accept: request.headers.accept,
      url: request.url,
    });
    return send(request, reply, body, { requestId, context, vary: "Accept" });
  }

  return {
    notFound: (request: FastifyRequest, reply: FastifyReply) =>
      answer(request, reply, { code: "not_found", message: "There is nothing at this address", details: null }),

    wrongMethod: (allowed: readonly string[]) => (request: FastifyRequest, reply: FastifyReply) => {
      const headers = { allow: allowed.join(", ") };
      if (request.method === "OPTIONS") {
        const requestId = requestIdOf(request.headers["x-request-id"]);
        return send(
          request,
          reply,
          { status: 204, headers, body: null, etag: null },
          { requestId, context: null, vary: "Accept" },
        );
      }
      const message = `${request.method} is not possible here; ${headers.allow} ${allowed.length > 1 ? "are" : "is"}`;
      return answer(request, reply, { code: "method_not_allowed", message, details: null, headers });
    },

    /** What Fastify itself, or a hook of the app, refuses. */
    failed: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const refused = frameworkRefusal(error);
      if (refused.code === "internal") request.log.error({ err: error }, "a request failed outside its route");
      return answer(request, reply, refused);
    },
  };
}

/** A framework's error as a refusal; its message is not ours to show. */
export function frameworkRefusal(error: { statusCode?: number; code?: string }): Refused & { code: TransportCode } {
  const { statusCode = 500 } = error;
  if (error.code === "FST_ERR_MAX_PARAM_LENGTH") return { code: "not_found", message: "Not found", details: null };
  if (statusCode === 415) {
    return { code: "unsupported_media_type", message: "The request body's content type is not valid", details: null };
  }
  if (statusCode === 404) return { code: "not_found", message: "There is nothing at this address", details: null };
  if (statusCode < 500) return { code: "malformed_request", message: "The request could not be read", details: null };
  return { code: "internal", message: "Something went wrong on our side", details: null };
}
