"use client";
import type { Booking } from "@parley/api/schema/bookings";
import { BookingLine } from "./booking-line";

export interface AgendaDaysProps {
  /** By date, told by its midnight in UTC. */
  days: ReadonlyMap<number, readonly Booking[]>;
  from: number;
  /** True where one day alone is asked for. */
  isOneDay: boolean;
  isLoading: boolean;
  userId: string;
  locale: string;
}

/** The days of a month in words: from one on, those that have something, or that one alone. */
export function AgendaDays({ days, from, isOneDay, isLoading, userId, locale }: AgendaDaysProps) {
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const dates = [...days.keys()].filter((date) => (isOneDay ? date === from : date >= from)).toSorted((a, b) => a - b);
  if (isLoading) return <div aria-busy="true" className="skeleton h-64" />;
  if (dates.length === 0) {
    return (
      <p
        role="status"
        className="rounded-lg border border-dashed border-control/60 px-5 py-10 text-center text-sm text-muted"
      >
        {isOneDay ? `Nothing on ${day.format(from)}.` : "Nothing is booked for the rest of this month."}
      </p>
    );
  }
  return (
    <div className="space-y-6">
      {dates.map((date) => (
        <section key={date} aria-labelledby={`day-${date}`}>
          <h3 id={`day-${date}`} className="text-sm font-medium">
            {day.format(date)}
          </h3>
          <ul className="mt-2 divide-y divide-hairline border-y border-hairline">
            {days.get(date)?.map((booking) => (
              <li key={booking.id}>
                <BookingLine booking={booking} userId={userId} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
