"use client";
import type { WeeklyHours } from "@parley/api/schema/schedule/weekly";
import { clsx } from "clsx";
import Link from "next/link";
import { useEffect, useState } from "react";
import { buttonClass } from "@/components/button-class";
import { Card } from "@/components/card";
import type { Display } from "@/components/display";
import { useDisplay } from "@/components/use-display";
import { type Opening, type WeekDay, weekFrom } from "./week";

/** Today and the days after it, as one's own weekly hours have them, in the zone of whoever looks. */
export function WeekCard({ slots, className }: { slots: WeeklyHours["slots"]; className?: string }) {
  const display = useDisplay();
  const now = useNow();
  return (
    <Card className={clsx("p-5 sm:p-6", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-lg font-medium">Today and this week</h2>
        <p className="min-h-5 text-sm text-muted">{display && `Times in ${zoneName(display, now)}`}</p>
      </div>
      {slots.length === 0 ? (
        <NoHours />
      ) : display === null ? (
        <div className="skeleton mt-4 h-84" />
      ) : (
        <ul className="mt-4 divide-y divide-hairline">
          {weekFrom(now, slots, display.timeZone).map((weekDay) => (
            <DayRow key={weekDay.date} weekDay={weekDay} display={display} now={now} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function DayRow({ weekDay, display, now }: { weekDay: WeekDay; display: Display; now: number }) {
  const { date, isToday, openings, bars } = weekDay;
  const name = new Intl.DateTimeFormat(display.locale, {
    weekday: "short",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  const isOpenNow = isToday && openings.some(({ start, end }) => start <= now && now < end);
  return (
    <li className="grid min-h-12 grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-4 py-2 text-sm sm:grid-cols-[5.5rem_minmax(0,1fr)_minmax(0,13rem)]">
      <span className={clsx(isToday ? "font-medium" : "text-muted")}>{isToday ? "Today" : name.format(date)}</span>
      <span aria-hidden="true" className="relative hidden h-2 rounded-full bg-hairline sm:block">
        {bars.map(({ startMinute, endMinute }) => (
          <span
            key={startMinute}
            className={clsx("absolute inset-y-0 rounded-full", isToday ? "bg-accent" : "bg-accent/45")}
            style={{ left: `${startMinute / 14.4}%`, width: `${(endMinute - startMinute) / 14.4}%` }}
          />
        ))}
      </span>
      <span className={clsx("min-w-0", openings.length === 0 && "text-muted")}>
        {openings.length === 0 ? "Closed" : openings.map((opening) => timesOf(opening, display)).join(", ")}
        {isOpenNow && <span className="text-live"> · open now</span>}
      </span>
    </li>
  );
}

function NoHours() {
  return (
    <div className="mt-4 rounded-lg border border-dashed border-control/60 px-6 py-10 text-center">
      <p className="display text-lg">No weekly hours yet</p>
      <p className="mx-auto mt-1 max-w-80 text-sm text-muted">
        Once you say when you are usually there, visitors see when you open next.
      </p>
      <Link href="/settings/availability" className={clsx(buttonClass({ tone: "primary" }), "mt-5")}>
        Set your hours
      </Link>
    </div>
  );
}

function timesOf({ start, end, isFromBefore }: Opening, { locale, timeZone }: Display): string {
  const format = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
  return isFromBefore ? `until ${format.format(end)}` : `${format.format(start)} – ${format.format(end)}`;
}

function zoneName({ locale, timeZone }: Display, now: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "short", timeZone }).formatToParts(now);
  const short = parts.find(({ type }) => type === "timeZoneName")?.value;
  const place = timeZone.replaceAll("_", " ");
  return short === undefined || short === place ? place : `${place} (${short})`;
}

/** The time, as precisely as "today" and "now" need it. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
