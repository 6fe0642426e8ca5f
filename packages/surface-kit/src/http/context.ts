import type { AnyRouter } from "@trpc/server";
import type { ByteCache } from "../byte-cache";
import type { IdempotencyStore } from "./idempotency";

/** What a request says of its caller. */
export interface RequestFacts {
  method: string;
  authorization: string | undefined;
  /** Any other header, by lower-case name. */
  header(name: string): string | undefined;
  /** The peer's address, as Fastify's `trustProxy` resolves it. */
  address: string;
  userAgent: string | null;
  requestId: string;
  /** The ways to prove who calls that the route accepts. */
  auth: readonly string[];
}

/** How much of a rate limit is left. */
export interface LimitState {
  limit: number;
  remaining: number;
  /** Unix seconds. */
  resetSeconds: number;
}

/** What the app makes of the facts: the procedures' context, and what the kit must know to answer. */
export interface SurfaceContext {
  /** The tRPC context. */
  ctx: object;
  /** Whose idempotency keys these are, e.g. `user:<id>` or `address:<ip>`. */
  caller: string;
  /** Whether a token came, good or bad: a 401 then says that it is not valid. */
  hasCredentials: boolean;
  /**
   * Why the caller must not be heard, whoever they are, where somebody must be known: a page of another site sent the
   * request along with a cookie.
   */
  refusal?: unknown;
  /** Read after the procedure has run; null where no limit applies. */
  limit(): LimitState | null;
}

/** A domain's refusal. All of it is public. Details are keyed by native path; for `moved` by path parameter. */
export interface Failure {
  code: string;
  message: string;
  details: Readonly<Record<string, string>> | null;
  retryAfterSeconds: number | null;
  /** What the caller's token is not good for, where that is why. */
  missingScope?: string;
}

/** Of `domain.procedure`. */
export type ScopeOf = (procedure: string, type: "query" | "mutation") => string;

export interface MountOptions {
  router: AnyRouter;
  createContext(facts: RequestFacts): SurfaceContext | Promise<SurfaceContext>;
  /** Any error as the refusal it stands for; unknown ones as `internal`, with a message that tells nothing. */
  toFailure(error: unknown): Failure;
  /** Counts a request that reaches no procedure (404, 405). A rejection refuses it. */
  countUnrouted?(context: SurfaceContext): Promise<void>;
  idempotency?: IdempotencyStore;
  byteCache?: ByteCache;
  /** Absolute addresses of the surface, for its document. */
  servers?: readonly string[];
  /** What an API token must be good for to call a procedure, for the document. */
  scopeOf?: ScopeOf;
}
