import { instant } from "../codecs/instant";
import { uuid } from "../codecs/uuid";
import type { Dialect, JsonSchema, TransportCode } from "../dialect";
import { faultsInWords } from "./faults-in-words";
import { snakeCase, snakeKeys } from "./snake-case";

/**
 * snake_case in an envelope: answers as `{ success: true, data }`, refusals as `{ success: false, error: { code,
 * message } }` with codes in capitals. There is no place for details, so the message names the fields.
 */
export function enveloped<Code extends string>(options: {
  statuses: Readonly<Record<Code | TransportCode, number>>;
  codes?: Readonly<Partial<Record<Code | TransportCode, string>>>;
}): Dialect {
  const codes: Readonly<Record<string, string | undefined>> = options.codes ?? {};
  const base = snakeCase<Code>(options);
  return {
    ...base,
    name: "enveloped",
    keys: snakeKeys,
    values: { ...base.values, id: uuid, instant: instant("seconds") },
    success: {
      value: (data) => ({ success: true, data }),
      schema: (data) => closed({ success: { const: true }, data }),
    },
    failure: {
      value: ({ code, message, details }) => ({
        success: false,
        error: { code, message: faultsInWords(message, details) },
      }),
      schema: (list) =>
        closed({
          success: { const: false },
          error: closed({ code: { type: "string", enum: list }, message: { type: "string" } }),
        }),
    },
    codes: (code) => codes[code] ?? code.toUpperCase(),
  };
}

function closed(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}
