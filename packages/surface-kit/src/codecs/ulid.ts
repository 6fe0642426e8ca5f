import type { ValueCodec } from "../dialect";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ulidGrammar = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
// The 128 bits of a ULID can be any; those that are no UUID of RFC 9562 can name nothing here.
const uuidGrammar = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** UUID text inside, ULID of 26 characters on the wire: the same 128 bits. Lower case is accepted. */
export const ulid: ValueCodec = {
  encode: (native) => ulidFromUuid(String(native)),
  decode(wire) {
    const value = typeof wire === "string" ? uuidFromUlid(wire) : null;
    return value === null ? { issue: "must be an id" } : { value };
  },
  jsonSchema: { type: "string", pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$", examples: ["01JN2X4K8M3F7QPZRVWT6YBHCE"] },
};

/** @param uuid Well-formed, in any case. */
export function ulidFromUuid(uuid: string): string {
  const hex = uuid.replaceAll("-", "");
  // 128 bits are 26 digits of 5 bits after two leading zero bits: 10 digits come from the first 12 hex digits.
  return (
    spell(Number.parseInt(hex.slice(0, 12), 16), 10) +
    spell(Number.parseInt(hex.slice(12, 22), 16), 8) +
    spell(Number.parseInt(hex.slice(22), 16), 8)
  );
}

/** Null when it is no ULID, or one whose bits are no UUID. */
export function uuidFromUlid(ulid: string): string | null {
  if (!ulidGrammar.test(ulid)) return null;
  const text = ulid.toUpperCase();
  const hex =
    read(text.slice(0, 10)).padStart(12, "0") +
    read(text.slice(10, 18)).padStart(10, "0") +
    read(text.slice(18)).padStart(10, "0");
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return uuidGrammar.test(uuid) ? uuid : null;
}

// Numbers here have at most 48 bits, which a double holds exactly.
function spell(value: number, digits: number): string {
  let text = "";
  let rest = value;
  for (let i = 0; i < digits; i += 1) {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function read(text: string): string {
  let value = 0;
  for (const digit of text) value = value * 32 + alphabet.indexOf(digit);
  return value.toString(16);
}
