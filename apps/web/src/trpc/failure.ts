import type { ErrorCode } from "@parley/api/errors";

export interface ShownFailure {
  code: ErrorCode | "offline";
  message: string;
  /** Field to message, in the form's own names. */
  fields: Readonly<Record<string, string>>;
  /** True where the same request may succeed later. */
  isTransient: boolean;
}

/** What of tRPC's error is read here. Its class is not asked for: pages that call nothing yet would load it all. */
interface RefusedCall {
  data?: { failure?: { code: ErrorCode; details: Record<string, string> | null } };
}

/** What to tell a person about an error: what happened, and what to do. */
export function failureOf(error: unknown): ShownFailure {
  const failure = (error as RefusedCall | null)?.data?.failure;
  if (error instanceof Error && failure !== undefined) {
    const isTransient = failure.code === "unavailable" || failure.code === "internal";
    return { code: failure.code, message: error.message, fields: failure.details ?? {}, isTransient };
  }
  return {
    code: "offline",
    message: "You seem to be offline. Nothing was lost; try again when you are back.",
    fields: {},
    isTransient: true,
  };
}
