"use client";
import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/button-class";
import { addMonths, isoDate, monthOf, sameDayOf, weeksOf } from "@/components/month-days";
import { weekStartOf } from "@/components/week-start";
import { dayLength } from "@/components/zone-clock";

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

/**
 * A month to choose a date from. Dates without openings are grey and cannot be chosen, but arrow keys pass over them, as
 * the grid pattern of ARIA has it; Page Up and Page Down turn to other months.
 */
export function MonthCalendar(props: MonthCalendarProps) {
  const { locale, month, today, last, selected, isLoading, countOf, onMonth, onSelect } = props;
  const [focused, setFocused] = useState<number | null>(null);
  const isMoving = useRef(false);
  const grid = useRef<HTMLTableElement>(null);
  const words = wordsOf(locale);
  const reachable = focused !== null && monthOf(focused) === month ? focused : (selected ?? Math.max(today, month));
  const current = monthOf(reachable) === month ? reachable : Math.max(today, month);

  // Only after a key: a month that is turned by its button keeps the focus on the button.
  useEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-date="${isoDate(current)}"]`)?.focus();
  }, [current]);

  const moveTo = (date: number) => {
    const within = Math.min(Math.max(date, today), last);
    isMoving.current = true;
    setFocused(within);
    if (monthOf(within) !== month) onMonth(monthOf(within));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const weekday = (new Date(current).getUTCDay() - weekStartOf(locale) + 7) % 7;
    const target = {
      ArrowLeft: current - dayLength,
      ArrowRight: current + dayLength,
      ArrowUp: current - 7 * dayLength,
      ArrowDown: current + 7 * dayLength,
      Home: current - weekday * dayLength,
      End: current + (6 - weekday) * dayLength,
      PageUp: sameDayOf(current, -1),
      PageDown: sameDayOf(current, 1),
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    moveTo(target);
  };

  return (
    <div className="min-w-0" aria-busy={isLoading}>
      <div className="flex items-center justify-between gap-2">
        <h3 aria-live="polite" className="display text-lg">
          {words.month(month)}
        </h3>
        <div className="flex gap-1">
          <Turn
            label="Previous month"
            isPossible={month > monthOf(today)}
            onPress={() => onMonth(addMonths(month, -1))}
          >
            <ChevronLeft aria-hidden="true" strokeWidth={1.5} className="size-5" />
          </Turn>
          <Turn label="Next month" isPossible={month < monthOf(last)} onPress={() => onMonth(addMonths(month, 1))}>
            <ChevronRight aria-hidden="true" strokeWidth={1.5} className="size-5" />
          </Turn>
        </div>
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys go about in it, as in a grid
        role="grid"
        aria-label={words.month(month)}
        className="mt-3 w-full table-fixed border-separate border-spacing-0.5"
      >
        <thead>
          <tr>
            {weekdaysOf(locale).map((weekday) => (
              <th
                key={weekday}
                scope="col"
                abbr={words.weekday(weekday, "long")}
                className="h-8 text-xs font-normal text-muted"
              >
                {words.weekday(weekday, "short")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {weeksOf(month, weekStartOf(locale)).map((week) => (
            <tr key={week.find((date) => date !== null)}>
              {week.map((date, index) => (
                <td key={index} className="p-0 text-center">
                  {date !== null && (
                    <Day
                      date={date}
                      label={words.day(date)}
                      count={date < today || date > last ? 0 : countOf(date)}
                      isLoading={isLoading && date >= today && date <= last}
                      isToday={date === today}
                      isSelected={date === selected}
                      isCurrent={date === current}
                      onPress={() => {
                        setFocused(date);
                        onSelect(date);
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayProps {
  date: number;
  label: string;
  count: number;
  isLoading: boolean;
  isToday: boolean;
  isSelected: boolean;
  /** The one that the Tab key reaches. */
  isCurrent: boolean;
  onPress(): void;
}

function Day({ date, label, count, isLoading, isToday, isSelected, isCurrent, onPress }: DayProps) {
  const isOpen = count > 0;
  const about = isOpen ? `${count} ${count === 1 ? "opening" : "openings"}` : isLoading ? "loading" : "no openings";
  return (
    <button
      type="button"
      data-date={isoDate(date)}
      tabIndex={isCurrent ? 0 : -1}
      aria-disabled={!isOpen}
      aria-pressed={isSelected}
      aria-label={`${isToday ? "Today, " : ""}${label}, ${about}`}
      aria-current={isToday ? "date" : undefined}
      onClick={() => isOpen && onPress()}
      className={clsx(
        "relative mx-auto flex aspect-square w-full max-w-12 items-center justify-center rounded-full text-sm transition-colors duration-150 ease-out",
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

interface TurnProps {
  label: string;
  isPossible: boolean;
  onPress(): void;
  children: ReactNode;
}

function Turn({ label, isPossible, onPress, children }: TurnProps) {
  return (
    <button
      type="button"
      aria-label={label}
      // Not disabled: whoever has just turned to the last month would lose the focus.
      aria-disabled={!isPossible}
      onClick={() => isPossible && onPress()}
      className={clsx(buttonClass({ tone: "quiet" }), "size-10 px-0", !isPossible && "cursor-default opacity-40")}
    >
      {children}
    </button>
  );
}

// Some Sunday.
const someSunday = Date.UTC(2026, 10, 22);

function weekdaysOf(locale: string): number[] {
  return Array.from({ length: 7 }, (_, index) => (weekStartOf(locale) + index) % 7);
}

function wordsOf(locale: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const month = format({ month: "long", year: "numeric" });
  const day = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return {
    month: (date: number) => month.format(date),
    day: (date: number) => day.format(date),
    weekday: (weekday: number, length: "short" | "long") =>
      format({ weekday: length }).format(someSunday + weekday * dayLength),
  };
}
