"use client";
import type { PublicWeek } from "@parley/api/schema/schedule/openings";
import { clsx } from "clsx";
import Link from "next/link";
import { useEffect, useState } from "react";
import { buttonClass } from "@/components/button-class";
import { Card } from "@/components/card";
import { useDisplay } from "@/components/use-display";
import { type DayView, weekView } from "@/features/schedule/week-view";

export interface WeekCardProps {
  /** When one is there in the days ahead, as visitors are told. */
  openings: PublicWeek["intervals"];
  /** False for somebody who never set any hours. */
  hasHours: boolean;
  className?: string;
}

/** Today and the days after it, in the zone of whoever looks. */
export function WeekCard({ openings, hasHours, className }: WeekCardProps) {
  const display = useDisplay();
  const now = useNow();
  const week = display && weekView(openings, display, now);
  return (
    <Card className={clsx("p-5 sm:p-6", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-lg font-medium">Today and this week</h2>
        <p className="min-h-5 text-sm text-muted">{week && `Times in ${week.zone}`}</p>
      </div>
      {!hasHours ? (
        <NoHours />
      ) : week === null ? (
        <div className="skeleton mt-4 h-84" />
      ) : (
        <ul className="mt-4 divide-y divide-hairline">
          {week.days.map((day) => (
            <DayRow key={day.date} day={day} isOpenNow={day.isToday && week.isOpenNow} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function DayRow({ day, isOpenNow }: { day: DayView; isOpenNow: boolean }) {
  const { weekday, dayOfMonth, isToday, parts } = day;
  return (
    <li className="grid min-h-12 grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-4 py-2 text-sm sm:grid-cols-[5.5rem_minmax(0,1fr)_minmax(0,13rem)]">
      <time dateTime={day.date} className={clsx(isToday ? "font-medium" : "text-muted")}>
        {isToday ? "Today" : `${weekday} ${dayOfMonth}`}
      </time>
      <span aria-hidden="true" className="relative hidden h-2 rounded-full bg-hairline sm:block">
        {parts.map(({ startMinute, endMinute }) => (
          <span
            key={startMinute}
            className={clsx("absolute inset-y-0 rounded-full", isToday ? "bg-accent" : "bg-accent/45")}
            style={{ left: `${startMinute / 14.4}%`, width: `${(endMinute - startMinute) / 14.4}%` }}
          />
        ))}
      </span>
      <span className={clsx("min-w-0", parts.length === 0 && "text-muted")}>
        {parts.length === 0 ? "Closed" : parts.map(({ text }) => text).join(", ")}
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

/** The time, as precisely as "today" and "now" need it. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
