import type { ErrorCode } from "@parley/api/errors";
import { snakeCase } from "@parley/surface-kit/dialects/snake-case";
import { usualStatuses } from "../statuses";

export const v1Dialect = snakeCase<ErrorCode>({
  statuses: usualStatuses,
  codes: {
    malformed_request: "validation_error",
    idempotency_running: "conflict",
    idempotency_mismatch: "conflict",
  },
});
