import cors from "@fastify/cors";
import { appRouter } from "@parley/api";
import type { Context } from "@parley/api/context";
import type { Dependencies } from "@parley/api/dependencies";
import { toFailure } from "@parley/api/failures";
import { scopeOf } from "@parley/api/rules/account/api-tokens";
import type { Surface } from "@parley/surface-kit";
import type { RequestFacts, SurfaceContext } from "@parley/surface-kit/context";
import { answerFrameworkErrors } from "@parley/surface-kit/framework-errors";
import { mountSurface } from "@parley/surface-kit/mount";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { type Caller, createCallers } from "./callers/callers";
import { registerHealth } from "./health/plugin";
import { registerKeys } from "./keys/plugin";
import { createMetrics, type Metrics, registerMetrics } from "./metrics/plugin";
import { registerObjects } from "./objects/plugin";
import { registerReference } from "./reference/plugin";
import { refuseUnroutable, registerRefusals } from "./refusals/plugin";
import { registerSecurityHeaders } from "./security/plugin";
import { registerTrpc } from "./trpc/plugin";

export interface ServerOptions {
  surfaces: readonly Surface[];
  /** Whether `X-Forwarded-For` names the caller: only behind a proxy that sets it. */
  isProxyTrusted: boolean;
  apiUrl: string;
  /** Where the web app is, whose session cookie some routes take. */
  webUrl: string;
  /** Default: figures of its own. */
  metrics?: Metrics;
  log: FastifyBaseLogger;
}

/** The whole REST app without a port, so that tests can `inject()`. */
export async function createServer(deps: Dependencies, options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log,
    // A line a request would cost more than the request; faults are logged where they happen.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.isProxyTrusted,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerFrameworkErrors(options.surfaces, refuseUnroutable),
  });
  registerSecurityHeaders(app);
  registerRefusals(app);
  registerMetrics(app, options.metrics ?? createMetrics(deps));
  await app.register(cors, {
    origin: "*",
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposedHeaders,
    // OPTIONS need not be a preflight: every address answers it with its methods, and a preflight's headers besides.
    strictPreflight: false,
    preflightContinue: true,
  });
  registerHealth(app, deps);
  registerKeys(app, deps);
  registerObjects(app, deps);
  await registerTrpc(app, deps);
  registerReference(app, options.surfaces);
  const identify = createCallers(deps, options);
  for (const surface of options.surfaces) {
    mountSurface(app, surface, {
      router: appRouter,
      createContext: async (facts) => createContext(deps, facts, await identify(facts)),
      toFailure,
      countUnrouted: async (context) => countUnrouted(deps, context),
      idempotency: deps.idempotency,
      byteCache: deps.publicAnswers,
      servers: [options.apiUrl],
      scopeOf,
    });
  }
  return app;
}

const exposedHeaders = [
  "ETag",
  "Idempotency-Replayed",
  "Link",
  "Location",
  "Retry-After",
  "WWW-Authenticate",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-Request-Id",
];

interface CallContext extends SurfaceContext {
  ctx: Context;
}

function createContext(deps: Dependencies, facts: RequestFacts, { authentication, refusal }: Caller): CallContext {
  const actor = authentication.kind === "authenticated" ? authentication.actor : null;
  let limit: ReturnType<SurfaceContext["limit"]> = null;
  return {
    ctx: {
      actor,
      client: { address: facts.address, userAgent: facts.userAgent },
      requestId: facts.requestId,
      deps,
      reportLimit: (state) => {
        limit = state;
      },
    },
    caller: actor === null ? `address:${facts.address}` : `user:${actor.userId}`,
    // Another scheme than Bearer is no token that could be invalid (RFC 6750, 3.1).
    hasCredentials: authentication.kind !== "anonymous" && facts.authorization !== undefined,
    refusal,
    limit: () => limit,
  };
}

async function countUnrouted(deps: Dependencies, context: SurfaceContext): Promise<void> {
  const { ctx } = context as CallContext;
  if (ctx.client === null) return;
  const state = await deps.limits.consume(undefined, ctx.actor?.userId ?? null, ctx.client.address);
  if (state === null) return;
  ctx.reportLimit?.(state);
  if (!state.isAllowed) throw state.refusal;
}
