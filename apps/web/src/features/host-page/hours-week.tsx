"use client";
import { clsx } from "clsx";
import type { CSSProperties } from "react";
import { ZoneSwitch } from "@/components/zone-switch";
import type { DayView } from "@/features/schedule/week-view";
import { useHostRoom } from "./host-room";

/** Seven days from today: columns of bars, on a phone rows. The times stand beneath, for everybody. */
export function HoursWeek() {
  const { host, week } = useHostRoom();
  const isEmpty = week.days.every(({ parts }) => parts.length === 0);
  return (
    <section aria-labelledby="hours">
      <h2 id="hours" className="display text-xl">
        Weekly hours
      </h2>
      <div className="mt-1">
        <ZoneSwitch timeZone={week.timeZone} label={week.zone} />
      </div>
      {isEmpty ? (
        <p className="mt-5 rounded-lg border border-dashed border-control/60 px-6 py-8 text-center text-muted">
          {host.displayName} keeps no fixed hours in the days ahead. Follow, and look in again.
        </p>
      ) : (
        <div className="mt-5 sm:flex sm:gap-3">
          <Scale hours={week.scale} />
          <ol className="flex-1 divide-y divide-hairline border-y border-hairline sm:grid sm:grid-cols-7 sm:gap-x-2 sm:divide-y-0 sm:border-y-0">
            {week.days.map((day) => (
              <Day key={day.date} day={day} />
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

/** Beside the columns: rows are read by their times. */
function Scale({ hours }: { hours: readonly string[] }) {
  return (
    <div aria-hidden="true" className="mt-7 h-48 w-10 shrink-0 text-right text-xs text-muted max-sm:hidden">
      {hours.map((hour) => (
        <p key={hour} className="h-1/4 -translate-y-2 whitespace-nowrap">
          {hour}
        </p>
      ))}
    </div>
  );
}

function Day({ day }: { day: DayView }) {
  const { weekday, dayOfMonth, isToday, nowMinute, parts } = day;
  return (
    <li className="grid min-h-14 grid-cols-[4rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5 py-2.5 text-sm sm:grid-cols-1 sm:content-start sm:gap-y-2.5 sm:py-0 sm:text-xs">
      <p className={clsx("sm:text-center", isToday ? "font-medium text-accent" : "text-muted")}>
        <time dateTime={day.date}>
          {isToday ? "Today" : weekday} <span className={clsx(isToday && "sr-only sm:not-sr-only")}>{dayOfMonth}</span>
        </time>
      </p>
      <div
        aria-hidden="true"
        className="relative order-last col-span-2 h-1.5 overflow-hidden rounded-full bg-sunken sm:order-none sm:col-span-1 sm:h-48 sm:rounded-md"
      >
        {quarters.map((minute) => (
          <span
            key={minute}
            style={placed(minute, minute)}
            className="absolute inset-x-0 top-(--from) border-t border-hairline max-sm:hidden"
          />
        ))}
        {parts.map(({ startMinute, endMinute }) => (
          <span
            key={startMinute}
            style={placed(startMinute, endMinute)}
            className={clsx(
              "absolute inset-y-0 left-(--from) w-(--size) min-w-0.5 rounded-full sm:inset-x-0 sm:top-(--from) sm:bottom-auto sm:left-0 sm:h-(--size) sm:min-h-0.5 sm:w-auto sm:rounded-sm",
              isToday ? "bg-accent" : "bg-accent/55",
            )}
          />
        ))}
        {nowMinute !== null && (
          <span
            style={placed(nowMinute, nowMinute)}
            className="absolute inset-y-0 left-(--from) w-0.5 bg-ink sm:inset-x-0 sm:top-(--from) sm:bottom-auto sm:left-0 sm:h-0.5 sm:w-auto"
          />
        )}
      </div>
      {parts.length === 0 ? (
        <p className="text-muted sm:text-center">Closed</p>
      ) : (
        <ul className="space-y-0.5 sm:text-center">
          {parts.map(({ startMinute, text }) => (
            <li key={startMinute}>{text}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

const quarters = [360, 720, 1080];

/** Where on the day, in parts of it: along the row on a phone, down the column elsewhere. */
function placed(startMinute: number, endMinute: number): CSSProperties {
  const part = (minutes: number) => `${minutes / 14.4}%`;
  return { "--from": part(startMinute), "--size": part(endMinute - startMinute) } as CSSProperties;
}
