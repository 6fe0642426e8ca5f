import type { ErrorCode } from "@parley/api/errors";
import type { JsonSchema } from "@parley/surface-kit/dialect";
import { camelCase } from "@parley/surface-kit/dialects/camel-case";
import { usualStatuses } from "../statuses";

const text: JsonSchema = { type: "string" };

/** Source: 001 and inventory B6: a field at fault is 422 there. */
export const meDialect = camelCase<ErrorCode>({
  statuses: { ...usualStatuses, validation_error: 422 },
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
