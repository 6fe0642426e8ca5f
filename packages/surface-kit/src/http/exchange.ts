import type { FastifyReply, FastifyRequest } from "fastify";
import type { RoutePlan } from "../plan";
import { challengeOf, headersOf } from "../ways";
import { type Answer, compileAnswer } from "./answer";
import { cacheableAnswer } from "./cacheable";
import { type Claim, claimKey, settleClaim } from "./claim";
import type { MountOptions, SurfaceContext } from "./context";
import { demandedVersion, isUnchanged } from "./etag";
import { idempotencyKey } from "./idempotency";
import { compileInput } from "./input";
import { Refusal } from "./refusal";
import { compileRefuse } from "./refuse";
import { requestFacts } from "./request-facts";
import { requestIdOf, send } from "./send";

/** A request on its way through one route. */
interface Exchange {
  request: FastifyRequest;
  requestId: string;
  context: SurfaceContext | null;
  /** What was wrong with the request itself: tRPC wraps what is thrown while the input is read. */
  refusal: unknown;
  claim: Claim;
}

const unclaimed: Claim = { state: "none" };

/**
 * Builds the handler of one route. The order of checks is law: rate limit, 401 and 403 for a role are the procedure's
 * own, and come before the body is read, since tRPC asks for the input only after its middleware let the call pass.
 * @param pattern The path as mounted, `/v1/users/{username}`, for redirects.
 */
export function createExchange(plan: RoutePlan, pattern: string, options: MountOptions) {
  const { route, facts } = plan;
  const input = compileInput(plan);
  const present = compileAnswer(plan);
  const refuse = compileRefuse(plan, pattern, input.wirePath, options.toFailure);
  const isGuarded = facts.meta.access !== "public";
  const challenge = challengeOf(plan.ways);
  const vary = isGuarded || plan.ways.cookie !== null ? [...headersOf(plan.ways), "Accept"].join(", ") : "Accept";
  const takesVersion = typeof route.etag === "object" && route.etag.ifMatch !== undefined;
  const store = route.method === "POST" ? options.idempotency : undefined;
  // The declaration checked the function against the procedure's output; here its type is gone.
  const tagsOf = route.cache?.tags as ((output: unknown) => readonly string[]) | undefined;
  const cache = tagsOf === undefined ? undefined : options.byteCache;

  return async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const requestId = requestIdOf(request.headers["x-request-id"]);
    const exchange: Exchange = { request, requestId, context: null, refusal: null, claim: unclaimed };
    let answer: Answer;
    try {
      if (isGuarded) refuseTwoCredentials(request);
      exchange.context = await options.createContext(requestFacts(request, requestId, plan.ways.names));
      if (isGuarded && exchange.context.refusal !== undefined) await refuseUnheard(exchange.context);
      const token = cache?.begin();
      const output = await call(exchange, exchange.context);
      answer = present(output, request.url);
      if (cache !== undefined && tagsOf !== undefined) {
        const cacheable = cacheableAnswer(request, reply, answer, vary);
        if (cacheable !== null) cache.store(request.url, tagsOf(output), cacheable, token);
      }
    } catch (error) {
      const { claim } = exchange;
      answer = claim.state === "replay" ? claim.answer : refuse(request, requestId, exchange.refusal ?? error);
    }
    if (store !== undefined && exchange.claim.state === "held") {
      await settleClaim(store, exchange.claim.request, answer, (err) =>
        request.log.error({ err, requestId }, "an idempotent answer could not be kept"),
      );
    }
    if (route.method === "GET" && answer.etag !== null && isUnchanged(request.headers["if-none-match"], answer.etag)) {
      answer = notModified(answer);
    }
    return send(request, reply, answer, { requestId, context: exchange.context, vary, challenge });
  };

  async function refuseUnheard(context: SurfaceContext): Promise<never> {
    await options.countUnrouted?.(context);
    throw context.refusal;
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
      if (store !== undefined && idempotencyKey(request.headers) !== null) {
        // A key is claimed by requests that can be carried out, so that a caller may mend the others under it.
        await input.check(native);
        exchange.claim = await claimKey(store, request, context.caller, native);
      }
      if (exchange.claim.state === "replay") throw new Error("this request has been answered before");
      return native;
    } catch (error) {
      // A body can nest deeper than any stack; no schema does.
      const isTooDeep = error instanceof RangeError;
      exchange.refusal = isTooDeep ? new Refusal("malformed_request", "The request is nested too deeply") : error;
      throw error;
    }
  }
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
