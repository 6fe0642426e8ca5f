import type { FastifyReply, FastifyRequest } from "fastify";
import type { RoutePlan } from "../plan";
import { compileEncode } from "../schema/encode";
import type { Field } from "../schema/shape";
import { type Answer, compileAnswer, type Present } from "./answer";
import { cacheableAnswer } from "./cacheable";
import type { Failure, MountOptions, SurfaceContext } from "./context";
import { demandedVersion, isUnchanged } from "./etag";
import { answerFailure, type Refused } from "./failure-answer";
import { fingerprint, type IdempotentRequest, idempotencyKey } from "./idempotency";
import { compileInput } from "./input";
import { Refusal } from "./refusal";
import { requestFacts } from "./request-facts";
import { requestIdOf, send } from "./send";

/** A request on its way through one route. */
interface Exchange {
  request: FastifyRequest;
  requestId: string;
  context: SurfaceContext | null;
  /** What was wrong with the request itself: tRPC wraps what is thrown while the input is read. */
  refusal: unknown;
  /** The idempotency key that this request holds. */
  claim: IdempotentRequest | null;
  replay: Answer | null;
}

/**
 * Builds the handler of one route. The order of checks is law: rate limit, 401 and 403 for a role are the procedure's
 * own, and come before the body is read, since tRPC asks for the input only after its middleware let the call pass.
 * @param pattern The path as mounted, `/v1/users/{username}`, for redirects.
 */
export function createExchange(plan: RoutePlan, pattern: string, options: MountOptions) {
  const { surface, route, facts } = plan;
  const { dialect } = surface;
  const input = compileInput(plan);
  const present: Present = compileAnswer(plan);
  const vary = facts.meta.access === "public" ? "Accept" : "Authorization, Accept";
  const auth = route.auth ?? surface.auth;
  const takesVersion = typeof route.etag === "object" && route.etag.ifMatch !== undefined;
  const isIdempotent = route.method === "POST" && options.idempotency !== undefined;
  const tagsOf = route.cache?.tags as ((output: unknown) => readonly string[]) | undefined;
  const cache = tagsOf === undefined ? undefined : options.byteCache;

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const requestId = requestIdOf(request.headers["x-request-id"]);
    const exchange: Exchange = { request, requestId, context: null, refusal: null, claim: null, replay: null };
    let answer: Answer;
    try {
      if (facts.meta.access !== "public") refuseTwoCredentials(request);
      exchange.context = await options.createContext(requestFacts(request, requestId, auth));
      const token = cache?.begin();
      const output = await call(exchange, exchange.context);
      answer = present(output, request.url);
      if (cache !== undefined && tagsOf !== undefined) {
        const cacheable = cacheableAnswer(request, reply, answer, vary);
        if (cacheable !== null) cache.store(request.url, tagsOf(output), cacheable, token);
      }
    } catch (error) {
      answer = exchange.replay ?? refuse(exchange, exchange.refusal ?? error);
    }
    if (exchange.claim !== null) await settle(exchange, exchange.claim, answer);
    if (
      answer.etag !== null &&
      request.method !== "PUT" &&
      isUnchanged(request.headers["if-none-match"], answer.etag)
    ) {
      answer = notModified(answer);
    }
    return send(request, reply, answer, { requestId, context: exchange.context, vary });
  }

  function call(exchange: Exchange, context: SurfaceContext): Promise<unknown> {
    let reading: Promise<unknown> | null = null;
    return facts.call({
      ctx: context.ctx,
      path: facts.name,
      type: facts.type,
      signal: undefined,
      batchIndex: 0,
      input: undefined,
      getRawInput: () => {
        reading ??= readInput(exchange, context);
        return reading;
      },
    });
  }

  async function readInput(exchange: Exchange, context: SurfaceContext): Promise<unknown> {
    const { request } = exchange;
    try {
      const native = await input.read({
        raw: request.raw,
        params: request.params as Readonly<Record<string, unknown>>,
        query: request.query as Readonly<Record<string, unknown>>,
        ifMatchVersion: takesVersion ? demandedVersion(request.headers["if-match"]) : null,
      });
      if (isIdempotent) await claim(exchange, context, native);
      return native;
    } catch (error) {
      // A body can nest deeper than any stack; no schema here does.
      exchange.refusal =
        error instanceof RangeError ? new Refusal("malformed_request", "The request is nested too deeply") : error;
      throw error;
    }
  }

  async function claim(exchange: Exchange, context: SurfaceContext, native: unknown): Promise<void> {
    const key = idempotencyKey(exchange.request.headers);
    if (key === null || options.idempotency === undefined) return;
    const path = exchange.request.url.split("?")[0];
    const request = { scope: `${context.caller} ${route.method} ${path}`, key };
    const state = await options.idempotency.begin({ ...request, fingerprint: await fingerprint(native) });
    switch (state.state) {
      case "fresh":
        exchange.claim = request;
        return;
      case "replay":
        exchange.replay = {
          status: state.status,
          headers: { ...state.headers, "idempotency-replayed": "true" },
          body: state.status === 204 ? null : state.body,
          etag: null,
        };
        throw new Error("answered before");
      case "mismatch":
        throw new Refusal("idempotency_mismatch", "This Idempotency-Key came with another request before");
      case "running":
        throw new Refusal("idempotency_running", "A request with this Idempotency-Key is still running");
    }
  }

  /** Keeps the first answer for those who ask again; a failure of ours is not worth keeping. */
  async function settle({ request, requestId }: Exchange, held: IdempotentRequest, answer: Answer): Promise<void> {
    try {
      if (answer.status >= 500) await options.idempotency?.abandon(held);
      else
        await options.idempotency?.complete(held, {
          status: answer.status,
          headers: answer.headers,
          body: String(answer.body ?? ""),
        });
    } catch (err) {
      request.log.error({ err, requestId }, "an idempotent answer could not be kept");
    }
  }

  function refuse({ request, requestId }: Exchange, error: unknown): Answer {
    const refused = error instanceof Refusal ? error : fromFailure(request, requestId, error);
    return answerFailure(dialect, refused, { requestId, accept: request.headers.accept, url: request.url });
  }

  function fromFailure(request: FastifyRequest, requestId: string, error: unknown): Refused {
    const failure = options.toFailure(error);
    if (failure.code === "internal") request.log.error({ err: error, requestId }, "a request failed");
    const { code, message, details, retryAfterSeconds } = failure;
    if (code === "validation_error" && isAboutPathAlone(details))
      return { code: "not_found", message: "Not found", details: null };
    const headers: Record<string, string> = {};
    if (retryAfterSeconds !== null) headers["retry-after"] = String(retryAfterSeconds);
    if (code === "moved") headers.location = movedTo(request, failure);
    return { code, message, details: details === null ? null : respell(details), headers };
  }

  function respell(details: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(details).map(([path, message]) => [input.wirePath(path) || "body", message]),
    );
  }

  /** What a path cannot name does not exist, whatever the rule that says so. */
  function isAboutPathAlone(details: Failure["details"]): boolean {
    const paths = Object.keys(details ?? {});
    return paths.length > 0 && paths.every((path) => plan.pathFields.some(({ native }) => native === path));
  }

  function movedTo(request: FastifyRequest, { details }: Failure): string {
    const present_ = request.params as Readonly<Record<string, string>>;
    const path = plan.pathFields.reduce((url, field) => {
      const text =
        details !== null && Object.hasOwn(details, field.native)
          ? spellParam(field, details[field.native])
          : present_[field.native];
      return url.replace(`{${field.native}}`, encodeURIComponent(String(text)));
    }, pattern);
    const query = request.url.indexOf("?");
    return query === -1 ? path : path + request.url.slice(query);
  }

  function spellParam({ shape }: Field, native: unknown): unknown {
    const encode = compileEncode(shape, dialect);
    return encode === null ? native : encode(native);
  }

  return handle;
}

/** RFC 6750, 2.3 and 3.1: a token in the query is never read, and two ways at once are a malformed request. */
function refuseTwoCredentials({ headers, query }: FastifyRequest): void {
  if (headers.authorization !== undefined && Object.hasOwn(query as object, "access_token")) {
    throw new Refusal("malformed_request", "Credentials must be sent one way only, in the Authorization header");
  }
}

function notModified({ headers, etag }: Answer): Answer {
  const { "content-type": _, ...kept } = headers;
  return { status: 304, headers: kept, body: null, etag };
}
