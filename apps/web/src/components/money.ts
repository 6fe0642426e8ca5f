import { formatCount } from "./count";

/** 250 to "$2.50". */
export function formatCents(cents: number): string {
  return `$${formatCount(Math.floor(cents / 100))}.${String(cents % 100).padStart(2, "0")}`;
}

/** "2.5" to 250; null where it is no amount with at most two digits after the point. */
export function parseCents(text: string): number | null {
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim().replace(",", "."));
  return match === null ? null : Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}
