import type { Booking } from "@parley/api/schema/bookings";
import Link from "next/link";
import { Card } from "@/components/card";
import { BookingLine } from "./booking-line";

export interface NextConversationsProps {
  bookings: readonly Booking[];
  userId: string;
  /** Where the whole of it stands. */
  href: "/dashboard/calendar" | "/bookings";
}

/** The conversations that come next, soonest first. */
export function NextConversations({ bookings, userId, href }: NextConversationsProps) {
  return (
    <Card className="p-5 sm:p-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-lg font-medium">Next conversations</h2>
        <Link
          href={href}
          className="text-sm text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
        >
          {href === "/bookings" ? "All bookings" : "Your calendar"}
        </Link>
      </div>
      {bookings.length === 0 ? (
        <p className="mt-2 text-sm text-muted">Nothing is booked yet. When somebody books you, it stands here.</p>
      ) : (
        <ul className="mt-2 divide-y divide-hairline">
          {bookings.map((booking) => (
            <li key={booking.id}>
              <BookingLine booking={booking} userId={userId} hasDay />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
