"use client";
import type { Booking } from "@parley/api/schema/bookings";
import type { Route } from "next";
import Link from "next/link";
import { formatCents } from "@/components/money";
import { useDisplay } from "@/components/use-display";
import { durationWords, timeWords } from "@/features/booking/time-words";
import { StatusBadge } from "./status-badge";

export interface BookingRowProps {
  booking: Booking;
  /** Whose list it stands in. */
  userId: string;
}

/** A booking in a list: when, with whom, and where it stands. */
export function BookingRow({ booking, userId }: BookingRowProps) {
  const { id, hostId, hostDisplayName, callerDisplayName, status, durationMinutes, priceCents } = booking;
  const isHost = hostId === userId;
  return (
    <article className="relative grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-2 rounded-lg border border-hairline bg-raised p-4 transition-colors duration-150 ease-out hover:border-control sm:grid-cols-[11rem_minmax(0,1fr)_auto] sm:items-center sm:p-5">
      <When booking={booking} />
      <div className="min-w-0">
        <h2 className="truncate font-medium">
          <Link
            href={`/bookings/${id}` as Route}
            prefetch={false}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
          >
            {isHost ? callerDisplayName : hostDisplayName}
          </Link>
        </h2>
        <p className="text-sm text-muted">
          {isHost ? "They call you" : "You call them"} · {durationWords(durationMinutes)} · {formatCents(priceCents)}
        </p>
      </div>
      <p>
        <StatusBadge status={status} />
      </p>
    </article>
  );
}

function When({ booking }: { booking: Booking }) {
  const display = useDisplay();
  if (display === null) return <div className="skeleton h-11 w-36" />;
  const words = timeWords(display);
  const [start, end] = [Date.parse(booking.start), Date.parse(booking.end)];
  return (
    <p className="leading-snug">
      <time dateTime={booking.start}>
        <span className="block font-medium">{words.shortDay(start)}</span>
        <span className="block text-sm text-muted">{words.range(start, end)}</span>
      </time>
    </p>
  );
}
