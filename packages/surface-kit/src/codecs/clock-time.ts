import type { ValueCodec } from "../dialect";

const grammar = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const spelt = Array.from(
  { length: 1441 },
  (_, minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
);

/** Minutes of the day (0 to 1440) inside, `HH:MM` with `24:00` as the day's end on the wire; `startMinute` is `startTime`. */
export function clockTime(keys: (nativeKey: string) => string): ValueCodec {
  return {
    key: (nativeKey) => keys(nativeKey.replace(/^minute$/, "time").replace(/Minute$/, "Time")),
    encode: (native) => spelt[Number(native)],
    decode: (wire) =>
      typeof wire === "string" && grammar.test(wire)
        ? { value: Number(wire.slice(0, 2)) * 60 + Number(wire.slice(3)) }
        : { issue: "must be a time as HH:MM" },
    jsonSchema: { type: "string", pattern: "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$", examples: ["09:00"] },
  };
}
