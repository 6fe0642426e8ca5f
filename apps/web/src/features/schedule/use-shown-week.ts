"use client";
import type { DaySlot } from "@parley/api/rules/schedule/overrides";
import { minutesPerDay } from "@parley/api/rules/schedule/weekly";
import type { Booking } from "@parley/api/schema/bookings";
import { useState } from "react";
import { isoDate } from "@/components/month-days";
import { dayLength, type ZoneClock, zoneClock } from "@/components/zone-clock";
import { trpc } from "@/trpc/react";
import type { Clock } from "./clock";
import { weekStartFor } from "./zone-shift";

/** A conversation, or what of it falls on one day, in minutes of that day. */
export interface ShownBooking extends DaySlot {
  booking: Booking;
  /** True on the day on which it begins. */
  isStart: boolean;
}

/** A date of the week that is shown, told by its midnight in UTC. */
export interface ShownDay {
  date: number;
  dayOfWeek: number;
  /** Its hours in place of the weekly ones; null where it has none. */
  override: readonly DaySlot[] | null;
  bookings: readonly ShownBooking[];
}

export type ShownWeek = ReturnType<typeof useShownWeek>;

const shownStatuses: readonly Booking["status"][] = ["requested", "confirmed", "completed", "no_show"];

/** One real week beside the usual one: its dates, which of them have hours of their own, and what is booked. */
export function useShownWeek(timezone: string, { days }: Clock, now: number) {
  const [weeksLater, setWeeksLater] = useState(0);
  const start = Date.parse(weekStartFor(now, timezone, days[0] ?? 1, weeksLater));
  const end = start + 6 * dayLength;
  const overrides = trpc.schedule.overrides.useQuery({ from: isoDate(start), to: isoDate(end) });
  // A day more on either side: the dates are those of the schedule's zone.
  const agenda = trpc.bookings.agenda.useQuery({
    from: new Date(start - dayLength).toISOString(),
    to: new Date(end + 2 * dayLength).toISOString(),
  });
  const clock = zoneClock(timezone);
  const bookings = (agenda.data?.bookings ?? []).filter(({ status }) => shownStatuses.includes(status));
  const own = new Map((overrides.data?.overrides ?? []).map(({ date, slots }) => [Date.parse(date), slots]));
  return {
    start,
    end,
    weeksLater,
    /** What cannot be read must not look like nothing. */
    state: stateOf([overrides, agenda]),
    days: days.map((dayOfWeek, index): ShownDay => {
      const date = start + index * dayLength;
      return {
        date,
        dayOfWeek,
        override: own.get(date) ?? null,
        bookings: bookings.flatMap((booking) => partOn(date, booking, clock)),
      };
    }),
    turn: (weeks: number) => setWeeksLater(weeksLater + weeks),
    reset: () => setWeeksLater(0),
  };
}

function stateOf(queries: readonly { isError: boolean; isPending: boolean }[]): "failed" | "loading" | "ready" {
  if (queries.some(({ isError }) => isError)) return "failed";
  return queries.some(({ isPending }) => isPending) ? "loading" : "ready";
}

function partOn(date: number, booking: Booking, clock: ZoneClock): ShownBooking[] {
  const start = clock(Date.parse(booking.start));
  // The last minute that is part of it.
  const end = clock(Date.parse(booking.end) - 1);
  if (start.date > date || end.date < date) return [];
  const isStart = start.date === date;
  const startMinute = isStart ? start.minute : 0;
  const wallEnd = end.date === date ? end.minute + 1 : minutesPerDay;
  // Where clocks go back it may end before it starts, by the clock.
  return [{ booking, isStart, startMinute, endMinute: Math.max(wallEnd, Math.min(startMinute + 15, minutesPerDay)) }];
}
