"use client";
import { clsx } from "clsx";
import { useState } from "react";
import { type DayAttributes, MonthGrid } from "@/components/month-grid";
import type { DateRange } from "./override-groups";

export interface DatesCalendarProps {
  locale: string;
  /** Months and dates are told by their midnight in UTC. */
  month: number;
  today: number;
  last: number;
  range: DateRange | null;
  anchor: number | null;
  /** What is so far special about a date, in words and as a mark. */
  markOf(date: number): { look: "closed" | "hours"; text: string } | null;
  isBusy: boolean;
  onMonth(month: number): void;
  onPress(date: number): void;
}

/** A month to choose one date from, or several in a row. */
export function DatesCalendar(props: DatesCalendarProps) {
  const { today, last, range, anchor, markOf, onPress, isBusy, ...grid } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const preview = anchor !== null && pointed !== null ? between(anchor, pointed) : range;
  return (
    <MonthGrid
      {...grid}
      first={today}
      last={last}
      start={range?.from ?? today}
      isBusy={isBusy}
      day={(date, name, attributes) => (
        <Day
          attributes={attributes}
          date={date}
          name={name}
          today={today}
          isPossible={date >= today && date <= last}
          range={preview !== null && preview.from <= date && date <= preview.to ? preview : null}
          mark={markOf(date)}
          onPress={() => onPress(date)}
          onPoint={(isThere) => setPointed(isThere ? date : null)}
        />
      )}
    />
  );
}

interface DayProps {
  attributes: DayAttributes;
  date: number;
  name: string;
  today: number;
  isPossible: boolean;
  /** The dates chosen, where this is one of them. */
  range: DateRange | null;
  mark: ReturnType<DatesCalendarProps["markOf"]>;
  onPress(): void;
  onPoint(isThere: boolean): void;
}

function Day({ attributes, date, name, today, isPossible, range, mark, onPress, onPoint }: DayProps) {
  const isEnd = range !== null && (date === range.from || date === range.to);
  const about = [date === today && "today", name, mark?.text, !isPossible && "cannot be changed"];
  return (
    <button
      {...attributes}
      type="button"
      aria-disabled={!isPossible}
      aria-pressed={range !== null}
      aria-label={about.filter((part) => part).join(", ")}
      aria-current={date === today ? "date" : undefined}
      onClick={() => isPossible && onPress()}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
      className={clsx(
        "relative flex h-11 w-full items-center justify-center text-sm -outline-offset-2 transition-colors duration-150 ease-out",
        range === null && "rounded-md",
        range?.from === date && "rounded-l-md",
        range?.to === date && "rounded-r-md",
        isEnd ? "bg-accent font-medium text-on-accent" : range !== null && "bg-accent-soft text-accent-strong",
        range === null && isPossible && "hover:bg-sunken",
        !isPossible && "cursor-default text-muted/55",
        date === today && "font-medium",
      )}
    >
      <span className={clsx(mark?.look === "closed" && "line-through decoration-[1.5px]")}>
        {new Date(date).getUTCDate()}
      </span>
      {mark !== null && (
        <span
          aria-hidden="true"
          className={clsx(
            "absolute bottom-1 size-1.5 rounded-full",
            isEnd ? "bg-on-accent" : mark.look === "closed" ? "bg-danger" : "bg-accent",
          )}
        />
      )}
      {date === today && !isEnd && (
        <span aria-hidden="true" className="absolute top-1.5 h-0.5 w-3 rounded-full bg-accent" />
      )}
    </button>
  );
}

function between(one: number, other: number): DateRange {
  return { from: Math.min(one, other), to: Math.max(one, other) };
}
