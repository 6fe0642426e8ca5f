"use client";
import { usePathname, useSearchParams } from "next/navigation";

export interface Choice {
  minutes: number;
  /** ISO 8601; null while a time is still to be chosen. */
  start: string | null;
}

const usualMinutes = 30;

/**
 * What has been chosen so far stands in the address: it survives signing in, can be gone back from, and can be sent to
 * somebody. What makes no sense there is not chosen yet.
 */
export function useChoice(offered: readonly { minutes: number }[]) {
  const params = useSearchParams();
  const pathname = usePathname();
  const minutes = offeredMinutes(offered, params.get("minutes"));
  const choice: Choice = { minutes, start: startOf(params.get("start")) };
  const addressOf = (next: Choice) => {
    const query = new URLSearchParams({ minutes: String(next.minutes) });
    if (next.start !== null) query.set("start", next.start);
    return `${pathname}?${query}`;
  };
  return {
    choice,
    address: addressOf(choice),
    /** `push` where the browser's way back is to lead to what was chosen before. */
    choose(next: Choice, how: "push" | "replace" = "push") {
      window.history[how === "push" ? "pushState" : "replaceState"](null, "", addressOf(next));
    },
  };
}

function offeredMinutes(offered: readonly { minutes: number }[], asked: string | null): number {
  const isOffered = (minutes: number) => offered.some((duration) => duration.minutes === minutes);
  const wanted = Number(asked);
  return [wanted, usualMinutes].find(isOffered) ?? offered[0]?.minutes ?? usualMinutes;
}

function startOf(text: string | null): string | null {
  const instant = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}
