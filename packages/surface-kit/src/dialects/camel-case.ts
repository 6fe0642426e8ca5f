import { clockTime } from "../codecs/clock-time";
import { decimalCents } from "../codecs/decimal-cents";
import { instant } from "../codecs/instant";
import { uuid } from "../codecs/uuid";
import type { Dialect, JsonSchema, TransportCode } from "../dialect";

export interface CamelCaseOptions<Code extends string> {
  statuses: Readonly<Record<Code | TransportCode, number>>;
  /** Wire spelling of codes that the documented API knows under another name. */
  codes?: Readonly<Partial<Record<Code | TransportCode, string>>>;
  nulls: Dialect["nulls"];
  failure: Dialect["failure"];
  /** What the list of a page is called. Default `items`. */
  list?: string;
}

const same = (key: string) => key;

/**
 * Names as they are, UUIDs, and times with milliseconds; pages as `{ items, pagination: { total, limit, offset,
 * hasMore } }`. How it
 * refuses, and whether it says what is not known, differs from one documented API to the next.
 */
export function camelCase<Code extends string>(options: CamelCaseOptions<Code>): Dialect {
  const { statuses, nulls, failure, list = "items" } = options;
  const codes: Readonly<Record<string, string | undefined>> = options.codes ?? {};
  return {
    name: "camel-case",
    keys: same,
    values: {
      id: uuid,
      instant: instant("milliseconds"),
      cents: decimalCents(same),
      minuteOfDay: clockTime(same),
    },
    nulls,
    success: { value: (answer) => answer, schema: (answer) => answer },
    page: {
      counts: "items",
      value: ({ items, total, limit, offset }) => ({
        [list]: items,
        pagination: { total, limit, offset, hasMore: offset + limit < total },
      }),
      schema: (item) => closed({ [list]: { type: "array", items: item }, pagination }),
    },
    failure,
    codes: (code) => codes[code] ?? code,
    statuses,
  };
}

const count = { type: "integer", minimum: 0 };
const pagination = closed({ total: count, limit: count, offset: count, hasMore: { type: "boolean" } });

function closed(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}
