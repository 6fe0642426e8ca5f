import type { Actor, Role } from "@parley/auth";
import { initTRPC, TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import type { Context } from "./context";
import { DomainError, type ErrorCode } from "./errors";
import { asOutage, toFailure } from "./failures";
import type { LimitName } from "./limits/rules";

/** Who may call: anyone, anyone signed in, or the roles named. */
export type Access = "public" | "session" | { roles: readonly Role[] };

export interface ProcedureMeta {
  summary: string;
  description?: string;
  access: Access;
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
 * role that may never. Only then is the input read. One middleware does it all, since each costs every call.
 */
const openToAll = t.procedure.use(async ({ ctx, meta, getRawInput, next }) => {
  await consumeLimit(ctx, meta?.limit);
  return settled(await next({ getRawInput: () => readInput(getRawInput) }));
});

const openToSome = t.procedure.use(async ({ ctx, meta, getRawInput, next }) => {
  await consumeLimit(ctx, meta?.limit);
  const actor = admitted(ctx.actor, meta?.access);
  const changes = { ctx: { actor }, getRawInput: () => readInput(getRawInput) };
  // tRPC takes both at once, though its types know one or the other.
  return settled(await next(changes as Pick<typeof changes, "ctx">));
});

/** A procedure that anyone may call. */
export const publicly = (about: About) => openToAll.meta({ ...about, access: "public" });

/** A procedure for anyone who is signed in. */
export const signedIn = (about: About) => openToSome.meta({ ...about, access: "session" });

/** A procedure for the roles named, e.g. `forRoles(["host", "admin"], { summary })`. */
export const forRoles = (roles: readonly Role[], about: About) => openToSome.meta({ ...about, access: { roles } });

function admitted(actor: Actor | null, access: Access = "session"): Actor {
  if (actor === null) throw refuse(new DomainError("unauthorized", "A valid access token is needed"));
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
