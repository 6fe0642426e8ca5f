import type { IncomingMessage } from "node:http";
import type { Dependencies } from "@parley/api/dependencies";
import { createFastLane } from "@parley/surface-kit/fast-lane";
import type { FastifyInstance } from "fastify";
import type { Metrics } from "../metrics/plugin";
import type { RequestHandler } from "./listener";

/** What stands before Fastify: public answers that are known already leave as bytes, all else goes its way. */
export function createFront(
  app: FastifyInstance,
  { deps, metrics, isProxyTrusted }: { deps: Dependencies; metrics: Metrics; isProxyTrusted: boolean },
): RequestHandler {
  const lane = createFastLane({
    cache: deps.publicAnswers,
    // Without limits there is nobody to ask, and no turn of the event loop to wait for.
    consume: deps.limits.isEnabled
      ? (request) => deps.limits.consume(undefined, null, addressOf(request, isProxyTrusted))
      : () => null,
    onAnswer: (status) => metrics.countCached(status),
  });
  return (request, response) => lane(request, response, app.routing);
}

/** As Fastify's `trustProxy` reads it: the first address that the proxies name, else the peer's own. */
function addressOf(request: IncomingMessage, isProxyTrusted: boolean): string {
  const forwarded = isProxyTrusted ? request.headers["x-forwarded-for"] : undefined;
  const first = typeof forwarded === "string" ? forwarded.split(",")[0]?.trim() : undefined;
  return first || (request.socket.remoteAddress ?? "");
}
