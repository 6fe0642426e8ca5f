/** Mail programs turn these into links by themselves: `a.example`, `www`, `@`, anything with a slash. */
const looksLikeAddress = /[/@\\]|[\p{L}\p{N}]\.\p{L}{2}|www\./iu;

/**
 * The first line of a mail, on one line. Anyone can register anyone's address under any display name, so a name is the
 * one place where a stranger could write to people through us: one that reads like an address is left out, and so are
 * control and direction characters. Joiners stay, since some scripts and emoji need them.
 */
export function greeting(name: string): string {
  const oneLine = name
    .replace(/[\p{Bidi_Control}\u200b\ufeff]/gu, "")
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
  const isSafe = oneLine !== "" && [...oneLine].length <= 80 && !looksLikeAddress.test(oneLine.replace(/\p{Cf}/gu, ""));
  return isSafe ? `Hello ${oneLine},` : "Hello,";
}
