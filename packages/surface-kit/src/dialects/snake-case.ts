import { clockTime } from "../codecs/clock-time";
import { decimalCents } from "../codecs/decimal-cents";
import { instant } from "../codecs/instant";
import { ulid } from "../codecs/ulid";
import type { Dialect, JsonSchema, TransportCode } from "../dialect";

/** `ratePerMinute` to `rate_per_minute`. */
export function snakeKeys(nativeKey: string): string {
  return nativeKey.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/**
 * snake_case names, ULIDs, money as decimal strings and times as HH:MM; single answers bare, lists as
 * `{ success, data, pagination }`, refusals as `{ error: { code, message, details } }`.
 * @param options.codes Wire spelling of codes that the documented API knows under another name.
 */
export function snakeCase<Code extends string>(options: {
  statuses: Readonly<Record<Code | TransportCode, number>>;
  codes?: Readonly<Partial<Record<Code | TransportCode, string>>>;
}): Dialect {
  const codes: Readonly<Record<string, string | undefined>> = options.codes ?? {};
  return {
    name: "snake-case",
    keys: snakeKeys,
    values: {
      id: ulid,
      instant: instant("seconds"),
      cents: decimalCents(snakeKeys),
      minuteOfDay: clockTime(snakeKeys),
    },
    nulls: "keep",
    success: { value: (answer) => answer, schema: (answer) => answer },
    page: {
      counts: "pages",
      value: ({ items, total, limit, offset }) => ({
        success: true,
        data: items,
        pagination: { page: offset / limit + 1, per_page: limit, total, total_pages: Math.ceil(total / limit) },
      }),
      schema: (item) => closed({ success: { const: true }, data: { type: "array", items: item }, pagination }),
    },
    failure: {
      value: ({ code, message, details }) => ({ error: { code, message, details } }),
      schema: (list) =>
        closed({
          error: closed({
            code: { type: "string", enum: list },
            message: { type: "string" },
            details: { type: ["object", "null"], additionalProperties: { type: "string" } },
          }),
        }),
    },
    codes: (code) => codes[code] ?? code,
    statuses: options.statuses,
  };
}

const count = { type: "integer", minimum: 0 };

const pagination = closed({
  page: { type: "integer", minimum: 1 },
  per_page: { type: "integer", minimum: 1 },
  total: count,
  total_pages: count,
});

function closed(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}
