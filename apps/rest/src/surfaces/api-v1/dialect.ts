import type { ErrorCode } from "@parley/api/errors";
import { enveloped } from "@parley/surface-kit/dialects/enveloped";
import { usualStatuses } from "../statuses";

export const apiV1Dialect = enveloped<ErrorCode>({
  statuses: usualStatuses,
  codes: {
    malformed_request: "VALIDATION_ERROR",
    idempotency_running: "CONFLICT",
    idempotency_mismatch: "CONFLICT",
  },
});
