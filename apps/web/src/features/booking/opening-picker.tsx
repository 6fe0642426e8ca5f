"use client";
import { CalendarX2 } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import type { Display } from "@/components/display";
import { addMonths, monthOf } from "@/components/month-days";
import { useDisplay } from "@/components/use-display";
import { dayLength, zoneClock } from "@/components/zone-clock";
import { ZoneSwitch } from "@/components/zone-switch";
import { failureOf } from "@/trpc/failure";
import { DayTimes } from "./day-times";
import { MonthCalendar } from "./month-calendar";
import { PickerSkeleton } from "./picker-skeleton";
import { timeWords } from "./time-words";
import { useMonthOpenings, useNextOpening } from "./use-openings";

export interface OpeningPickerProps {
  username: string;
  hostName: string;
  minutes: number;
  /** How far ahead the host may be booked. */
  windowDays: number;
  /** An instant whose day is shown first. */
  around: number | null;
  pending: number | null;
  onChoose(start: number): void;
}

/** From a month to a day to a time, in the viewer's own zone or any other: what is chosen is always the instant. */
export function OpeningPicker(props: OpeningPickerProps) {
  const display = useDisplay();
  // Only the browser knows its zone and its day.
  if (display === null) return <PickerSkeleton />;
  return <ZonedPicker {...props} display={display} />;
}

function ZonedPicker({ display, around, ...props }: OpeningPickerProps & { display: Display }) {
  const { username, hostName, minutes, windowDays, pending, onChoose } = props;
  const { timeZone } = display;
  const clock = useMemo(() => zoneClock(timeZone), [timeZone]);
  const words = useMemo(() => timeWords(display), [display]);
  // The day of the visit: a page left open over midnight only shows one day too many as grey.
  const [now] = useState(Date.now);
  const today = clock(now).date;
  // Today and the days after it, and one more where the host's own day is ahead of the viewer's.
  const last = today + (windowDays + 1) * dayLength;
  const [wanted, setWanted] = useState<{ month: number; date: number | null }>(() => {
    const date = around === null ? null : clock(around).date;
    return { month: monthOf(date ?? today), date };
  });
  const { month } = wanted;
  const { days, query } = useMonthOpenings({ username, minutes }, month, clock);
  // A day that has no openings at this length, or none any more, gives way to the first that has.
  const date = wanted.date !== null && days.has(wanted.date) ? wanted.date : (firstOf(days) ?? null);
  const isEmpty = query.data !== undefined && days.size === 0;
  const next = useNextOpening({ username, minutes }, addMonths(month, 1) - dayLength, last + 2 * dayLength, isEmpty);
  const show = (instant: number) => setWanted({ month: monthOf(clock(instant).date), date: clock(instant).date });

  // What was chosen elsewhere, or lost to someone: its day is where to look on.
  useEffect(() => {
    if (around !== null) setWanted({ month: monthOf(clock(around).date), date: clock(around).date });
  }, [around, clock]);

  return (
    <div className="space-y-5">
      <ZoneSwitch timeZone={timeZone} label={words.zone(date ?? now)} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 sm:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <MonthCalendar
          locale={display.locale}
          month={month}
          today={today}
          last={last}
          selected={date}
          countOf={(day) => days.get(day)?.length ?? 0}
          isLoading={query.isPending}
          onMonth={(to) => setWanted({ month: to, date: null })}
          onSelect={(day) => setWanted({ month, date: day })}
        />
        <div className="min-w-0">
          {query.data === undefined && query.error !== null ? (
            <Callout tone="danger" title={failureOf(query.error).message}>
              <p className="text-muted">The openings could not be read.</p>
              <Button size="small" className="mt-2" onPress={() => void query.refetch()}>
                Try again
              </Button>
            </Callout>
          ) : query.isPending ? (
            <TimesSkeleton />
          ) : date !== null ? (
            <DayTimes starts={days.get(date) ?? []} clock={clock} words={words} pending={pending} onChoose={onChoose} />
          ) : (
            <NoOpenings hostName={hostName}>
              {next.data === undefined ? (
                <p className="text-sm text-muted">{next.isError ? "" : "Looking further ahead…"}</p>
              ) : next.data === null ? (
                <p className="text-sm text-muted">There is none in the months ahead either. Look in again.</p>
              ) : (
                <>
                  <p className="text-sm text-muted">
                    The next one is {words.day(next.data)}, {words.time(next.data)}.
                  </p>
                  <Button size="small" onPress={() => next.data && show(next.data)}>
                    Show {words.shortDay(next.data)}
                  </Button>
                </>
              )}
            </NoOpenings>
          )}
        </div>
      </div>
    </div>
  );
}

function NoOpenings({ hostName, children }: { hostName: string; children: ReactNode }) {
  return (
    <div role="status" className="space-y-3 rounded-lg border border-dashed border-control/60 px-5 py-8 text-center">
      <CalendarX2 aria-hidden="true" strokeWidth={1.5} className="mx-auto size-6 text-muted" />
      <p className="font-medium text-balance">{hostName} has no openings this month</p>
      {children}
    </div>
  );
}

function TimesSkeleton() {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Loading openings
      </span>
      <div className="skeleton h-7 w-28" />
      <div className="mt-9 grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2">
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index} className="skeleton h-11" />
        ))}
      </div>
    </div>
  );
}

function firstOf(days: ReadonlyMap<number, readonly number[]>): number | undefined {
  return [...days.keys()].toSorted((a, b) => a - b)[0];
}
