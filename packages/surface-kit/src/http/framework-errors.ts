import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { type Surface, surfaceAt } from "../surface";
import { answerFailure } from "./failure-answer";
import { requestIdOf, send } from "./send";
import { frameworkRefusal } from "./unrouted";

/**
 * For Fastify's `frameworkErrors`: addresses that it cannot even route (broken percent-encoding, a segment too long)
 * are answered in the spelling of the surface they lie under, and all others by `otherwise`.
 */
export function answerFrameworkErrors(
  surfaces: readonly Surface[],
  otherwise: (refused: { statusCode: number }, reply: FastifyReply) => void,
) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const requestId = requestIdOf(request.headers["x-request-id"]);
    const refused = frameworkRefusal(error);
    const surface = surfaceAt(surfaces, request.url);
    if (surface === undefined) {
      otherwise({ statusCode: refused.code === "not_found" ? 404 : 400 }, reply);
      return;
    }
    const answer = answerFailure(surface.dialect, refused, {
      requestId,
      accept: request.headers.accept,
      url: request.url,
    });
    void send(request, reply, answer, { requestId, context: null, vary: "Accept" });
  };
}
