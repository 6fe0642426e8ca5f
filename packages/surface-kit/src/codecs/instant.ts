import type { ValueCodec } from "../dialect";

const grammar = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;
const issue = "must be a date and time as YYYY-MM-DDTHH:MM:SSZ";

/**
 * RFC 3339 in UTC, to the second or to the millisecond. Any offset is accepted; inside it is ISO text in UTC with
 * milliseconds.
 */
export function instant(precision: "seconds" | "milliseconds"): ValueCodec {
  return {
    encode: (native) => (precision === "seconds" ? `${String(native).slice(0, 19)}Z` : native),
    decode(wire) {
      if (typeof wire !== "string" || !grammar.test(wire)) return { issue };
      const time = new Date(wire);
      if (Number.isNaN(time.getTime()) || !isCalendarDay(wire)) return { issue };
      const value = time.toISOString();
      // An offset can carry the last day of year 9999 beyond the four digits that the format has.
      return value.length === 24 ? { value } : { issue };
    },
    jsonSchema: { type: "string", format: "date-time", examples: ["2026-03-15T10:00:00Z"] },
  };
}

// Date turns the 30th of February into the 2nd of March; a caller who wrote it made a mistake.
function isCalendarDay(wire: string): boolean {
  const [year = 0, month = 0, day = 0] = wire.slice(0, 10).split("-").map(Number);
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
