/**
 * The closed list of ways in which a procedure may refuse. Each transport owns one exhaustive table from
 * these codes to its own statuses, so that a new code does not compile until every transport has an answer for it.
 */
export const errorCodes = [
  "validation_error",
  "unauthorized",
  "invalid_credentials",
  "forbidden",
  "not_found",
  "moved",
  "conflict",
  "precondition_failed",
  "rate_limited",
  "unavailable",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Field (dotted path in the procedure's own spelling) to message. For `moved`: the input fields to use instead. */
export type ErrorDetails = Readonly<Record<string, string>>;

/** A refusal that the caller may read: the message is public, the cause is for the log alone. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | null;
  readonly retryAfterSeconds: number | null;
  /** What the caller's API token is not good for. */
  readonly missingScope: string | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: ErrorDetails; retryAfterSeconds?: number; missingScope?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.details = options.details ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.missingScope = options.missingScope ?? null;
  }
}

/** Several fields at fault, each with its message. */
export function invalid(details: ErrorDetails, cause?: unknown): DomainError {
  return new DomainError("validation_error", "Some fields are not valid", { details, cause });
}

export function notFound(what: string): DomainError {
  return new DomainError("not_found", `${what} not found`);
}

export function conflict(message: string, details?: ErrorDetails): DomainError {
  return new DomainError("conflict", message, { details });
}

export function forbidden(message: string): DomainError {
  return new DomainError("forbidden", message);
}
