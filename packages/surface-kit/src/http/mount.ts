import { hash } from "node:crypto";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import { openApiDocument } from "../openapi/document";
import { planRoute, type RoutePlan } from "../plan";
import type { Surface } from "../surface";
import { type Answer, jsonType } from "./answer";
import type { MountOptions } from "./context";
import { isUnchanged } from "./etag";
import { createExchange } from "./exchange";
import { requestIdOf, send } from "./send";
import { createUnrouted } from "./unrouted";

type App<Logger extends FastifyBaseLogger> = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Logger
>;

const otherMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/**
 * Serves a surface, and its document at its own address. Everything below the base path, but for what lies below
 * another surface's longer one, answers in the surface's spelling: unknown paths, wrong methods and what Fastify itself
 * refuses included.
 * @throws at boot, where a route and its procedure do not fit.
 */
export function mountSurface<Logger extends FastifyBaseLogger>(
  app: App<Logger>,
  surface: Surface,
  options: MountOptions,
): void {
  const paths = byPath(surface.routes.map((route) => planRoute(surface, route, options.router)));
  const document = documentAnswer(openApiDocument(surface, options.router, options));
  const unrouted = createUnrouted(surface, options);

  app.register(
    async (scope) => {
      // A body is read by the kit, and only once the procedure's middleware has let the call pass.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
      scope.addHook("onRequest", (request, _reply, done) => {
        hideUnreadableType(request);
        done();
      });
      scope.setNotFoundHandler(unrouted.notFound);
      scope.setErrorHandler(unrouted.failed);

      for (const [path, methods] of paths) {
        for (const [method, plan] of methods) {
          scope.route({
            method: method === "GET" ? ["GET", "HEAD"] : method,
            url: fastifyPath(path),
            exposeHeadRoute: false,
            handler: createExchange(plan, mountedPath(surface, path), options),
          });
        }
        const allowed = allowedMethods([...methods.keys()]);
        scope.route({
          method: otherMethods.filter((method) => !allowed.includes(method)),
          url: fastifyPath(path),
          handler: unrouted.wrongMethod(allowed),
        });
      }
      scope.route({
        method: ["GET", "HEAD"],
        url: surface.documentPath,
        exposeHeadRoute: false,
        handler: (request, reply) => sendDocument(request, reply, document),
      });
    },
    { prefix: surface.basePath },
  );
}

const mediaType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/;

/**
 * Fastify refuses a content type that it cannot parse before any handler runs, and so before 401 and 403. The kit reads
 * the raw header, and refuses it in its turn.
 */
function hideUnreadableType(request: FastifyRequest): void {
  const type = request.headers["content-type"];
  if (type !== undefined && !mediaType.test(type)) request.headers = { "content-type": "application/octet-stream" };
}

function byPath(plans: readonly RoutePlan[]): Map<string, Map<string, RoutePlan>> {
  const paths = new Map<string, Map<string, RoutePlan>>();
  for (const plan of plans) {
    for (const path of [plan.route.path, ...(plan.route.aliases ?? [])]) {
      const methods = paths.get(path) ?? new Map<string, RoutePlan>();
      if (methods.has(plan.route.method))
        throw new Error(`${plan.surface.name}: ${plan.route.method} ${path} is declared twice`);
      paths.set(path, methods.set(plan.route.method, plan));
    }
  }
  return paths;
}

function allowedMethods(declared: readonly string[]): string[] {
  return declared.includes("GET") ? ["GET", "HEAD", ...declared.filter((method) => method !== "GET")] : [...declared];
}

function fastifyPath(path: string): string {
  return path === "/" ? "" : path.replace(/\{(\w+)\}/g, ":$1");
}

function mountedPath(surface: Surface, path: string): string {
  return path === "/" ? surface.basePath : surface.basePath + path;
}

function documentAnswer(document: object): Answer {
  const body = JSON.stringify(document);
  const etag = `"${hash("sha256", body, "base64url").slice(0, 22)}"`;
  return {
    status: 200,
    headers: { "content-type": jsonType, "cache-control": "public, max-age=300", etag },
    body,
    etag,
  };
}

function sendDocument(request: FastifyRequest, reply: FastifyReply, document: Answer): FastifyReply {
  const requestId = requestIdOf(request.headers["x-request-id"]);
  const answer = isUnchanged(request.headers["if-none-match"], document.etag ?? "")
    ? { ...document, status: 304, body: null }
    : document;
  return send(request, reply, answer, { requestId, context: null, vary: "Accept" });
}
