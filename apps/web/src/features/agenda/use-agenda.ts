"use client";
import type { Booking } from "@parley/api/schema/bookings";
import { useMemo } from "react";
import { instantsOf, monthOf } from "@/components/month-days";
import type { ZoneClock } from "@/components/zone-clock";
import { trpc } from "@/trpc/react";

const shown: readonly Booking["status"][] = ["requested", "confirmed", "completed", "no_show"];

/** The bookings of a month that take place, or took, by the date on which they begin in a zone. */
export function useAgenda(month: number, clock: ZoneClock) {
  const { from, to } = instantsOf(month);
  const query = trpc.bookings.agenda.useQuery(
    { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    { refetchInterval: 60_000, refetchOnWindowFocus: "always" },
  );
  const bookings = query.data?.bookings;
  const days = useMemo(() => {
    const found = new Map<number, Booking[]>();
    for (const booking of bookings ?? []) {
      if (!shown.includes(booking.status)) continue;
      const { date } = clock(Date.parse(booking.start));
      if (monthOf(date) !== month) continue;
      const others = found.get(date);
      if (others === undefined) found.set(date, [booking]);
      else others.push(booking);
    }
    return found;
  }, [bookings, clock, month]);
  return { days, query };
}
