"use client";
import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { addMonths } from "./month-days";

export interface MonthTurnProps {
  month: number;
  /** Left out: there is no end to that side. */
  first?: number;
  last?: number;
  onMonth(month: number): void;
}

/** To the month before, and to the one after. */
export function MonthTurn({
  month,
  first = Number.NEGATIVE_INFINITY,
  last = Number.POSITIVE_INFINITY,
  onMonth,
}: MonthTurnProps) {
  const sides = [
    { label: "Previous month", to: addMonths(month, -1), Icon: ChevronLeft },
    { label: "Next month", to: addMonths(month, 1), Icon: ChevronRight },
  ];
  return sides.map(({ label, to, Icon }) => {
    const isPossible = to >= first && to <= last;
    return (
      <button
        key={label}
        type="button"
        aria-label={label}
        // Not disabled: whoever has just turned to the last month would lose the focus.
        aria-disabled={!isPossible}
        onClick={() => isPossible && onMonth(to)}
        className={clsx(
          "flex size-10 items-center justify-center rounded-full transition-colors duration-150 ease-out",
          isPossible ? "hover:bg-sunken" : "cursor-default opacity-35",
        )}
      >
        <Icon aria-hidden="true" strokeWidth={1.5} className="size-5" />
      </button>
    );
  });
}
