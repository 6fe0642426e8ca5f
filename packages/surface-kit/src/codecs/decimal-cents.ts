import type { ValueCodec } from "../dialect";

const grammar = /^\d{1,13}(?:\.\d{1,2})?$/;

/**
 * Integer cents inside; on the wire a decimal string with exactly two digits after the point, read with at most two.
 * `ratePerMinuteCents` is spelt as the dialect spells `ratePerMinute`. The range is the native schema's business.
 */
export function decimalCents(keys: (nativeKey: string) => string): ValueCodec {
  return {
    key: (nativeKey) => keys(nativeKey.replace(/Cents$/, "")),
    encode: (native) => spellCents(Number(native)),
    decode(wire) {
      if (typeof wire !== "string" || !grammar.test(wire)) {
        return { issue: "must be a decimal string with at most two digits after the point" };
      }
      const [whole = "0", fraction = ""] = wire.split(".");
      return { value: Number(whole) * 100 + Number(fraction.padEnd(2, "0")) };
    },
    jsonSchema: { type: "string", pattern: "^\\d{1,13}(\\.\\d{1,2})?$", examples: ["2.50"] },
  };
}

function spellCents(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
