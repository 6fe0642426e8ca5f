import { foreignKeyViolation, isDeadlock, isInvalidText, isUnavailable } from "@parley/db/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { DomainError, type ErrorCode, type ErrorDetails } from "./errors";

/** What a transport tells its caller: all of it is public. */
export interface Failure {
  code: ErrorCode;
  message: string;
  details: ErrorDetails | null;
  retryAfterSeconds: number | null;
  /** What the caller's API token is not good for, where that is why. */
  missingScope?: string;
}

/** What tRPC itself says of requests that reach no procedure, or none that way. */
const unreadable = new Set<TRPCError["code"]>([
  "BAD_REQUEST",
  "PARSE_ERROR",
  "METHOD_NOT_SUPPORTED",
  "UNSUPPORTED_MEDIA_TYPE",
  "PAYLOAD_TOO_LARGE",
]);

/**
 * Any error, as the refusal it stands for. Unknown errors become `internal` with a message that tells nothing.
 * A fault of the store that a caller's retry may cure is `unavailable`.
 */
export function toFailure(error: unknown): Failure {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    // A copy: of an error, neither spreading nor JSON gives the message.
    if (e instanceof DomainError) {
      const { code, message, details, retryAfterSeconds, missingScope } = e;
      return { code, message, details, retryAfterSeconds, ...(missingScope !== null && { missingScope }) };
    }
    // A domain's refusal may come wrapped in the code that tRPC knows it by.
    if (e instanceof TRPCError && e.cause instanceof DomainError) continue;
    // Zod issues are the caller's fault only where they come from the input; a bad output is ours.
    if (e instanceof TRPCError && unreadable.has(e.code)) {
      return e.cause instanceof z.core.$ZodError
        ? fromIssues(e.cause)
        : failure("validation_error", "The request could not be read");
    }
    if (e instanceof TRPCError && e.code === "NOT_FOUND") return failure("not_found", "No such procedure");
    if (isUnavailable(e) || isDeadlock(e))
      return failure("unavailable", "The service is not available right now; try again shortly");
    if (isInvalidText(e)) return failure("validation_error", "The request holds characters that cannot be stored");
  }
  return failure("internal", "Something went wrong on our side");
}

/** An outage under the code by which tRPC's transports answer 503, not 500; any other error as it is. */
export function asOutage(error: unknown): unknown {
  const { code, message } = toFailure(error);
  return code === "unavailable" ? new TRPCError({ code: "SERVICE_UNAVAILABLE", message, cause: error }) : error;
}

/** Whether a row could not be written because what it belongs to has gone. */
export function isOrphan(error: unknown): boolean {
  return foreignKeyViolation(error) !== null;
}

function failure(code: ErrorCode, message: string): Failure {
  return { code, message, details: null, retryAfterSeconds: null };
}

function fromIssues(error: z.core.$ZodError): Failure {
  const details: Record<string, string> = Object.create(null);
  for (const issue of error.issues) {
    const path = issue.path.map(String).join(".");
    details[path] ??= issue.message;
  }
  const isAboutFields = Object.keys(details).some((path) => path !== "");
  const message = isAboutFields
    ? "Some fields are not valid"
    : (error.issues[0]?.message ?? "The request is not valid");
  return { code: "validation_error", message, details: isAboutFields ? { ...details } : null, retryAfterSeconds: null };
}
