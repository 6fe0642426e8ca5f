"use client";
import type { Booking } from "@parley/api/schema/bookings";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { useDisplay } from "@/components/use-display";
import { timeWords } from "@/features/booking/time-words";
import { StatusBadge } from "./status-badge";

export interface BookingLineProps {
  booking: Booking;
  userId: string;
  /** True where the day does not stand above. */
  hasDay?: boolean;
}

/** A booking in one line: when, and with whom. What is not settled says so. */
export function BookingLine({ booking, userId, hasDay = false }: BookingLineProps) {
  const display = useDisplay();
  const { id, hostId, hostDisplayName, callerDisplayName, status } = booking;
  const [start, end] = [Date.parse(booking.start), Date.parse(booking.end)];
  const words = display === null ? null : timeWords(display);
  return (
    <Link
      href={`/bookings/${id}` as Route}
      prefetch={false}
      className="-mx-2 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 rounded-md px-2 py-2.5 text-sm hover:bg-sunken"
    >
      <time dateTime={booking.start} className={clsx("text-muted", hasDay ? "min-w-48" : "min-w-28")}>
        {words === null ? " " : `${hasDay ? `${words.shortDay(start)}, ` : ""}${words.range(start, end)}`}
      </time>
      <span className="min-w-36 flex-1 truncate font-medium">
        {hostId === userId ? callerDisplayName : hostDisplayName}
      </span>
      {status !== "confirmed" && <StatusBadge status={status} />}
    </Link>
  );
}
