"use client";
import { clsx } from "clsx";
import { countOf } from "@/components/count";
import { type DayAttributes, MonthGrid } from "@/components/month-grid";

export interface MonthCalendarProps {
  locale: string;
  /** Months and dates are told by their midnight in UTC. */
  month: number;
  today: number;
  /** The last date that may be looked at. */
  last: number;
  selected: number | null;
  /** How many times there are on a date. */
  countOf(date: number): number;
  /** True until the counts of this month are known. */
  isLoading: boolean;
  onMonth(month: number): void;
  onSelect(date: number): void;
}

/** A month to choose a date from. Dates without openings are grey and cannot be chosen, but arrow keys pass over them. */
export function MonthCalendar({ countOf, isLoading, selected, onSelect, ...props }: MonthCalendarProps) {
  const { today, last, ...grid } = props;
  return (
    <MonthGrid
      {...grid}
      first={today}
      last={last}
      start={selected ?? today}
      isBusy={isLoading}
      day={(date, name, attributes) => {
        const isWithin = date >= today && date <= last;
        return (
          <Day
            date={date}
            name={name}
            attributes={attributes}
            count={isWithin ? countOf(date) : 0}
            isLoading={isWithin && isLoading}
            isToday={date === today}
            isSelected={date === selected}
            onPress={() => onSelect(date)}
          />
        );
      }}
    />
  );
}

interface DayProps {
  date: number;
  name: string;
  attributes: DayAttributes;
  count: number;
  isLoading: boolean;
  isToday: boolean;
  isSelected: boolean;
  onPress(): void;
}

function Day({ date, name, attributes, count, isLoading, isToday, isSelected, onPress }: DayProps) {
  const isOpen = count > 0;
  const about = isOpen ? countOf(count, "opening") : isLoading ? "loading" : "no openings";
  return (
    <button
      {...attributes}
      type="button"
      aria-disabled={!isOpen}
      aria-pressed={isSelected}
      aria-label={`${isToday ? "Today, " : ""}${name}, ${about}`}
      aria-current={isToday ? "date" : undefined}
      onClick={() => isOpen && onPress()}
      className={clsx(
        "relative mx-auto flex aspect-square w-full max-w-11 items-center justify-center rounded-full text-sm transition-colors duration-150 ease-out",
        isSelected && isOpen && "bg-accent font-medium text-on-accent",
        !isSelected && isOpen && "bg-accent-soft font-medium text-accent hover:bg-accent hover:text-on-accent",
        !isOpen && "cursor-default text-muted/55",
        isLoading && !isOpen && "bg-sunken",
      )}
    >
      {new Date(date).getUTCDate()}
      {isToday && <span aria-hidden="true" className="absolute bottom-1.5 h-0.5 w-3 rounded-full bg-current" />}
    </button>
  );
}
