import type { Actor, Role } from "@parley/auth";
import { initTRPC, TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import { isGoodFor, type ProcedureType, scopeOf } from "./account/api-tokens/rules";
import type { Context } from "./context";
import { DomainError, type ErrorCode, forbidden } from "./errors";
import { asOutage, isOrphan, toFailure } from "./failures";
import type { LimitName } from "./limits/rules";
import { accountGone } from "./profile/service";

/** Who may call: anyone, anyone signed in, or the roles named. */
export type Access = "public" | "session" | { roles: readonly Role[] };

export interface ProcedureMeta {
  summary: string;
  description?: string;
  access: Access;
  /**
   * `session`: only somebody who signed in may call, as what an API token does must not reach so far. Else a token may
   * call that has the scope of the procedure's domain, to read (queries) or to write (mutations).
   */
  credentials?: "session";
  /** Refusals beyond those that follow from access and input. */
  errors?: readonly ErrorCode[];
  /** A stricter limit than the one everybody shares. */
  limit?: LimitName;
}

type About = Omit<ProcedureMeta, "access">;

const trpcCodes = {
  validation_error: "BAD_REQUEST",
  unauthorized: "UNAUTHORIZED",
  invalid_credentials: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  moved: "NOT_FOUND",
  conflict: "CONFLICT",
  precondition_failed: "PRECONDITION_FAILED",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
} satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter({ shape, error }) {
      const { code, message, details } = toFailure(error);
      const { stack: _, ...data } = shape.data;
      return { ...shape, message, data: { ...data, failure: { code, details } } };
    },
  });

export const { router, createCallerFactory } = t;

/**
 * What stands before every procedure, in the order that the contract fixes: the rate limit, then 401, then 403 for a
 * token without the scope, then 403 for a role that may never. Only then is the input read. One middleware does it all,
 * since each costs every call.
 */
const openToAll = t.procedure.use(async ({ ctx, meta, path, type, getRawInput, next }) => {
  await consumeLimit(ctx, meta?.limit);
  const read = { getRawInput: () => readInput(getRawInput) };
  // A token that may not read here is told what anybody is told, not what is its owner's to see.
  const isStranger = ctx.actor !== null && !isGoodFor(ctx.actor.scopes, path, type);
  return settled(isStranger ? await next(withContext({ actor: null }, read)) : await next(read));
});

const openToSome = t.procedure.use(async ({ ctx, meta, path, type, getRawInput, next }) => {
  await consumeLimit(ctx, meta?.limit);
  const actor = admitted(ctx.actor, meta, path, type);
  const result = await next(withContext({ actor }, { getRawInput: () => readInput(getRawInput) }));
  // Let in a moment before their account was purged, a caller may still be writing for it.
  if (!result.ok && isOrphan(result.error) && (await ctx.deps.profiles.find(actor.userId)) === null) {
    throw refuse(accountGone());
  }
  return settled(result);
});

/** tRPC takes both at once, though its types know one or the other. */
function withContext<Changes extends object>(ctx: Changes, read: object): { ctx: Changes } {
  return { ctx, ...read };
}

/** A procedure that anyone may call. */
export const publicly = (about: About) => openToAll.meta({ ...about, access: "public" });

/** A procedure for anyone who is signed in. */
export const signedIn = (about: About) => openToSome.meta({ ...about, access: "session" });

/**
 * A procedure for the roles named, e.g. `forRoles(["host", "admin"], { summary })`. What administrators alone may do, no
 * API token may.
 */
export const forRoles = (roles: readonly Role[], about: About) => {
  const isAdministration = roles.every((role) => role === "admin");
  return openToSome.meta({ ...about, access: { roles }, ...(isAdministration && { credentials: "session" }) });
};

function admitted(actor: Actor | null, meta: ProcedureMeta | undefined, path: string, type: ProcedureType): Actor {
  if (actor === null) throw refuse(new DomainError("unauthorized", "A valid access token is needed"));
  const { access = "session", credentials } = meta ?? {};
  if (credentials === "session" && actor.sessionId === null) {
    throw refuse(forbidden("This needs somebody who signed in; an API token will not do"));
  }
  if (!isGoodFor(actor.scopes, path, type)) {
    const scope = scopeOf(path, type);
    const message = `This API token lacks the scope ${scope}`;
    throw refuse(new DomainError("forbidden", message, { missingScope: scope }));
  }
  if (typeof access === "object" && !access.roles.includes(actor.role)) {
    throw refuse(new DomainError("forbidden", `This needs the role ${access.roles.join(" or ")}`));
  }
  return actor;
}

/** The input may be a form with a file: then its parts are the members. */
async function readInput(getRawInput: () => Promise<unknown>): Promise<unknown> {
  const raw = await getRawInput();
  return raw instanceof FormData ? Object.fromEntries(raw) : raw;
}

/** A domain's refusal, or an outage, leaves under the code that tRPC's clients know it by. */
function settled<Result extends { ok: boolean; error?: TRPCError }>(result: Result): Result {
  if (result.ok) return result;
  if (result.error?.cause instanceof DomainError) throw refuse(result.error.cause);
  throw asOutage(result.error);
}

async function consumeLimit(ctx: Context, name: LimitName | undefined): Promise<void> {
  if (ctx.client === null) return;
  const bucket = name ?? (ctx.client.isBrowser === true ? "browser" : undefined);
  const state = await ctx.deps.limits.consume(bucket, ctx.actor?.userId ?? null, ctx.client.address);
  if (state === null) return;
  ctx.reportLimit?.(state);
  if (!state.isAllowed) throw refuse(state.refusal);
}

function refuse(error: DomainError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
}
