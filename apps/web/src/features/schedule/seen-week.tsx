"use client";
import { minutesPerDay, type WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { clsx } from "clsx";
import type { Clock } from "./clock";

export interface SeenWeekProps {
  /** Wall time of whoever looks. */
  slots: readonly WeeklySlot[];
  clock: Clock;
  /** The date of the first day, as midnight UTC. */
  weekStart: number;
}

/** A week to look at: seven columns of bars, and on a narrow screen a list of times. */
export function SeenWeek({ slots, clock, weekStart }: SeenWeekProps) {
  const date = new Intl.DateTimeFormat(clock.locale, { day: "numeric", timeZone: "UTC" });
  return (
    <ol className="divide-y divide-hairline rounded-lg border border-hairline bg-raised md:grid md:grid-cols-7 md:divide-x md:divide-y-0">
      {clock.days.map((day, index) => {
        const own = slots.filter(({ dayOfWeek }) => dayOfWeek === day);
        return (
          <li key={day} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-4 px-4 py-3 md:block md:p-0">
            <h4 className="text-sm md:border-b md:border-hairline md:py-2 md:text-center md:text-xs">
              <span className="font-medium">{clock.day(day, "short")}</span>{" "}
              <span className="text-muted">{date.format(weekStart + index * 86_400_000)}</span>
            </h4>
            {own.length === 0 && <p className="text-sm text-muted md:sr-only">Closed</p>}
            <ul className="text-sm md:relative md:h-72">
              {[25, 50, 75].map((part) => (
                <li
                  key={part}
                  aria-hidden="true"
                  className="hidden border-t border-hairline md:absolute md:inset-x-0 md:block"
                  style={{ top: `${part}%` }}
                />
              ))}
              {own.map((slot) => (
                <Stretch key={slot.startMinute} slot={slot} clock={clock} />
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

function Stretch({ slot, clock }: { slot: WeeklySlot; clock: Clock }) {
  const length = slot.endMinute - slot.startMinute;
  return (
    <li
      className="md:absolute md:inset-x-1 md:top-(--top) md:h-(--height) md:overflow-hidden md:rounded-md md:bg-accent md:text-on-accent"
      style={
        {
          "--top": `${(slot.startMinute / minutesPerDay) * 100}%`,
          "--height": `max(2px, ${(length / minutesPerDay) * 100}%)`,
        } as React.CSSProperties
      }
    >
      <span className="md:sr-only">{clock.range(slot)}</span>
      {length >= 90 && (
        <span
          aria-hidden="true"
          className={clsx("hidden px-1.5 text-xs leading-tight md:block", length >= 180 && "pt-1")}
        >
          <span className="whitespace-nowrap">{clock.time(slot.startMinute)}</span>
          {length >= 180 && <span className="block whitespace-nowrap">{clock.time(slot.endMinute)}</span>}
        </span>
      )}
    </li>
  );
}
