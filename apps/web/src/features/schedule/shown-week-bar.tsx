"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Button } from "@/components/button";
import type { Clock } from "./clock";
import type { ShownDay, ShownWeek } from "./use-shown-week";

/** Which week is shown over the usual one, the way to others, and in words what is special about it. */
export function ShownWeekBar({ week, clock, userId }: { week: ShownWeek; clock: Clock; userId: string }) {
  const { start, end, weeksLater, state, turn, reset } = week;
  const isEmpty = week.days.every(({ override, bookings }) => override === null && bookings.length === 0);
  const format = new Intl.DateTimeFormat(clock.locale, { day: "numeric", month: "long", timeZone: "UTC" });
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p aria-live="polite" className="text-sm">
          <span className="text-muted">In the week of</span>{" "}
          <span className="font-medium">{format.formatRange(start, end)}</span>
        </p>
        <div className="flex gap-1">
          {weeksLater !== 0 && (
            <Button size="small" tone="quiet" onPress={reset}>
              This week
            </Button>
          )}
          <Button size="small" tone="quiet" aria-label="Previous week" onPress={() => turn(-1)}>
            <ChevronLeft aria-hidden="true" strokeWidth={1.5} className="size-4" />
          </Button>
          <Button size="small" tone="quiet" aria-label="Next week" onPress={() => turn(1)}>
            <ChevronRight aria-hidden="true" strokeWidth={1.5} className="size-4" />
          </Button>
        </div>
      </div>
      <ul
        aria-label="What is special about this week"
        aria-busy={state === "loading"}
        className="min-h-12 space-y-1 text-sm"
      >
        {week.days.flatMap((day) => linesOf(day, clock, userId))}
        {state === "failed" && <li className="text-danger">What is booked could not be read just now.</li>}
        {state === "loading" && <li className="skeleton h-5 w-64 max-w-full" />}
        {state === "ready" && isEmpty && (
          <li className="text-muted">Nothing booked, and no date with hours of its own.</li>
        )}
      </ul>
    </div>
  );
}

function linesOf({ date, dayOfWeek, override, bookings }: ShownDay, clock: Clock, userId: string) {
  const day = new Intl.DateTimeFormat(clock.locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(date);
  const hours = override?.map((slot) => clock.range({ dayOfWeek, ...slot })).join(", ");
  return [
    override !== null && (
      <li key={date} className="flex flex-wrap gap-x-2">
        <span className="min-w-24 text-muted">{day}</span>
        <span className="font-medium">{hours || "Closed"}</span>
        <span className="text-muted">instead of the weekly hours</span>
      </li>
    ),
    ...bookings
      .filter(({ isStart }) => isStart)
      .map(({ booking, startMinute }) => (
        <li key={booking.id} className="flex flex-wrap gap-x-2">
          <span className="min-w-24 text-muted">{day}</span>
          <Link
            href={`/bookings/${booking.id}` as Route}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-4"
          >
            {clock.time(startMinute)}, with{" "}
            {booking.hostId === userId ? booking.callerDisplayName : booking.hostDisplayName}
          </Link>
          {booking.status === "requested" && <span className="text-warn">asked for</span>}
        </li>
      )),
  ].filter((line) => line !== false);
}
