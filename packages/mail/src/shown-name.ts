/** Mail programs turn these into links by themselves: `a.example`, `www`, `@`, anything with a slash. */
const looksLikeAddress = /[/@\\]|[\p{L}\p{N}]\.\p{L}{2}|www\./iu;

/**
 * A display name as a mail may show it, on one line; null where it may not. Anyone can register anyone's address under
 * any display name, and book anyone, so a name is the one place where a stranger could write to people through us: one
 * that reads like an address is left out, and so are control and direction characters. Joiners stay, since some scripts
 * and emoji need them.
 */
export function shownName(name: string): string | null {
  const oneLine = name
    .replace(/[\p{Bidi_Control}\u200b\ufeff]/gu, "")
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
  const isSafe = oneLine !== "" && [...oneLine].length <= 80 && !looksLikeAddress.test(oneLine.replace(/\p{Cf}/gu, ""));
  return isSafe ? oneLine : null;
}
