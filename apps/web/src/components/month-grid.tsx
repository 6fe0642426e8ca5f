"use client";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { isoDate, monthOf, sameDayOf, weeksOf } from "./month-days";
import { MonthTurn } from "./month-turn";
import { weekStartOf } from "./week-start";
import { dayLength } from "./zone-clock";

export interface MonthGridProps {
  locale: string;
  /** Months and dates are told by their midnight in UTC. */
  month: number;
  /** The dates between which arrow keys go about. */
  first: number;
  last: number;
  /** The date that the Tab key reaches first. */
  start: number;
  isBusy?: boolean;
  onMonth(month: number): void;
  /** One date: a button that takes these attributes. `name` is the date in full. */
  day(date: number, name: string, attributes: DayAttributes): ReactNode;
}

export interface DayAttributes {
  "data-date": string;
  tabIndex: 0 | -1;
}

/**
 * A month of dates, by the grid pattern of ARIA: one stop of the Tab key; arrows, Home and End go about; Page Up and Page
 * Down turn to other months.
 */
export function MonthGrid({ locale, month, first, last, start, isBusy, onMonth, day }: MonthGridProps) {
  const [focused, setFocused] = useState<number | null>(null);
  const isMoving = useRef(false);
  const grid = useRef<HTMLTableElement>(null);
  const words = wordsOf(locale);
  const weekStart = weekStartOf(locale);
  const wanted = [focused, start].find((date) => date !== null && monthOf(date) === month) ?? month;
  const current = Math.max(wanted, monthOf(first) === month ? first : month);

  // Weeks that are over would only be scrolled past.
  const weeks = weeksOf(month, weekStart).filter((week) => week.some((date) => date !== null && date >= first));

  // Only after a key: a month that is turned by its button keeps the focus on the button.
  useEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-date="${isoDate(current)}"]`)?.focus();
  }, [current]);

  const onKeyDown = (event: KeyboardEvent) => {
    const weekday = (new Date(current).getUTCDay() - weekStart + 7) % 7;
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
    const within = Math.min(Math.max(target, first), last);
    isMoving.current = true;
    setFocused(within);
    if (monthOf(within) !== month) onMonth(monthOf(within));
  };

  return (
    <div className="min-w-0" aria-busy={isBusy}>
      <div className="flex items-center justify-between gap-2">
        <h3 aria-live="polite" className="display text-lg">
          {words.month(month)}
        </h3>
        <div className="-mr-2 flex">
          <MonthTurn month={month} first={monthOf(first)} last={monthOf(last)} onMonth={onMonth} />
        </div>
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys go about in it, as in a grid
        role="grid"
        aria-label={words.month(month)}
        className="mt-3 w-full table-fixed border-separate border-spacing-x-0 border-spacing-y-1"
      >
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, index) => (weekStart + index) % 7).map((weekday) => (
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
          {weeks.map((week) => (
            <tr key={week.find((date) => date !== null)}>
              {week.map((date, index) => (
                <td key={index} className="p-0 text-center">
                  {date !== null &&
                    day(date, words.day(date), {
                      "data-date": isoDate(date),
                      tabIndex: date === current ? 0 : -1,
                    })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// Some Sunday.
const someSunday = Date.UTC(2026, 10, 22);

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
