import type { ValueCodec } from "../dialect";

const uuidGrammar = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** UUID text on both sides; capitals are accepted. */
export const uuid: ValueCodec = {
  encode: (native) => native,
  decode: (wire) =>
    typeof wire === "string" && uuidGrammar.test(wire) ? { value: wire.toLowerCase() } : { issue: "must be an id" },
  jsonSchema: { type: "string", format: "uuid" },
};
