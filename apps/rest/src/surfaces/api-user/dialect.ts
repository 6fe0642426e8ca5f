import type { ErrorCode } from "@parley/api/errors";
import { camelCase } from "@parley/surface-kit/dialects/camel-case";
import { faultsInWords } from "@parley/surface-kit/dialects/faults-in-words";
import { usualStatuses } from "../statuses";

/** Source: 004 and conventions N28: a refusal is one text, which names the fields at fault. */
export const apiUserDialect = camelCase<ErrorCode>({
  statuses: usualStatuses,
  nulls: "keep",
  list: "messages",
  failure: {
    value: ({ message, details }) => ({ error: faultsInWords(message, details) }),
    schema: () => ({
      type: "object",
      properties: { error: { type: "string" } },
      required: ["error"],
      additionalProperties: false,
    }),
  },
});
