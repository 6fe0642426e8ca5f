"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Clock } from "./clock";

export interface HourCellsProps {
  clock: Clock;
  /** The date that stands above a weekday, as its midnight in UTC. */
  dateOf(dayOfWeek: number): number;
  slots: readonly WeeklySlot[];
  /** The id of the text that says how to use the grid. */
  helpId: string;
  cursor: { dayOfWeek: number; hour: number };
  onCursor(cursor: { dayOfWeek: number; hour: number }): void;
  onPress(dayOfWeek: number, hour: number): void;
  onPointerDown(event: PointerEvent): void;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** The hours of a week as a grid that takes one tab stop, and that arrow keys walk about on. */
export function HourCells(props: HourCellsProps) {
  const { clock, dateOf, slots, helpId, cursor, onCursor, onPress, onPointerDown } = props;
  const grid = useRef<HTMLTableElement>(null);
  const dayOfMonth = new Intl.DateTimeFormat(clock.locale, { day: "numeric", timeZone: "UTC" });

  function walk(event: KeyboardEvent, dayOfWeek: number, hour: number) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onPress(dayOfWeek, hour);
      return;
    }
    const column = clock.days.indexOf(dayOfWeek);
    const next = {
      ArrowUp: [column, hour - 1],
      ArrowDown: [column, hour + 1],
      ArrowLeft: [column - 1, hour],
      ArrowRight: [column + 1, hour],
      Home: [0, hour],
      End: [6, hour],
      PageUp: [column, Math.max(0, hour - 6)],
      PageDown: [column, Math.min(23, hour + 6)],
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const day = clock.days[next[0] ?? 0];
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${day} ${next[1]}"]`);
    if (day === undefined || !cell) return;
    onCursor({ dayOfWeek: day, hour: next[1] ?? 0 });
    cell.focus();
  }

  return (
    <table
      ref={grid}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: once its cells take the focus, a table is a grid
      role="grid"
      aria-label="Hours of the week"
      aria-describedby={helpId}
      onPointerDown={onPointerDown}
      className="w-full table-fixed border-separate border-spacing-0"
    >
      <thead>
        <tr>
          <th scope="col" className="w-13">
            <span className="sr-only">Hour</span>
          </th>
          {clock.days.map((day) => (
            <th
              key={day}
              scope="col"
              abbr={clock.day(day)}
              className="border-b border-hairline pb-2 text-xs font-medium text-muted"
            >
              {clock.day(day, "short")} {dayOfMonth.format(dateOf(day))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour}>
            <th scope="row" className="p-0 pr-2 text-right align-top font-normal whitespace-nowrap text-muted">
              <span className="block h-0 -translate-y-2 text-[0.6875rem] leading-4">
                <span className={hour === 0 ? "sr-only" : undefined}>{clock.hour(hour)}</span>
              </span>
            </th>
            {clock.days.map((day) => {
              const isCursor = cursor.dayOfWeek === day && cursor.hour === hour;
              const open = slots.find((slot) => isOpenAt(slot, day, hour));
              const state = open ? `open ${clock.range(open)}` : "closed";
              return (
                <td
                  key={day}
                  data-cell={`${day} ${hour}`}
                  tabIndex={isCursor ? 0 : -1}
                  aria-label={`${clock.day(day)} ${clock.time(hour * 60)}, ${state}`}
                  onKeyDown={(event) => walk(event, day, hour)}
                  onClick={(event) => {
                    // A press of a pointer has been heard already; what is left comes from a screen reader.
                    if (event.detail === 0) onPress(day, hour);
                  }}
                  className="h-7 cursor-cell border-b border-l border-hairline p-0 -outline-offset-2 hover:bg-accent-soft/60"
                />
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isOpenAt({ dayOfWeek, startMinute, endMinute }: WeeklySlot, day: number, hour: number): boolean {
  return dayOfWeek === day && startMinute < (hour + 1) * 60 && endMinute > hour * 60;
}
