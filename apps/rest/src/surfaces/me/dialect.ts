import type { ErrorCode } from "@parley/api/errors";
import type { JsonSchema, TransportCode } from "@parley/surface-kit/dialect";
import { camelCase } from "@parley/surface-kit/dialects/camel-case";

/** Source: 001 and inventory B6. A field at fault is 422 there; all else is as in /v1. */
const statuses = {
  validation_error: 422,
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

const text: JsonSchema = { type: "string" };

export const meDialect = camelCase<ErrorCode>({
  statuses,
  nulls: "omit",
  failure: {
    value: ({ code, message, details }) => ({ code, message, details }),
    schema: (codes) => ({
      type: "object",
      properties: {
        code: { ...text, enum: codes },
        message: text,
        details: { type: ["object", "null"], additionalProperties: text },
      },
      required: ["code", "message", "details"],
      additionalProperties: false,
    }),
  },
});
