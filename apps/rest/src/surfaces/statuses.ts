import type { ErrorCode } from "@parley/api/errors";
import type { TransportCode } from "@parley/surface-kit/dialect";

/**
 * What refusals answer with, wherever a document says nothing else. Source: conventions, "errors". A code without a
 * status does not compile.
 */
export const usualStatuses = {
  validation_error: 400,
  malformed_request: 400,
  unauthorized: 401,
  invalid_credentials: 401,
  forbidden: 403,
  not_found: 404,
  moved: 307,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_running: 409,
  precondition_failed: 412,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} satisfies Record<ErrorCode | TransportCode, number>;
