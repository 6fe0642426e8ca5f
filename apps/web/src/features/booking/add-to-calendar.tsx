"use client";
import type { Booking } from "@parley/api/schema/bookings";
import { Download } from "lucide-react";
import { buttonClass } from "@/components/button-class";
import { calendarLinks } from "./calendar-links";

/** The ways of a booking into one's own calendar. */
export function AddToCalendar({ booking, title, page }: { booking: Booking; title: string; page: string }) {
  return (
    <section aria-labelledby="calendars" className="space-y-3">
      <h2 id="calendars" className="text-sm font-medium">
        Add to your calendar
      </h2>
      <ul className="flex flex-wrap gap-2">
        <li>
          <a href={`/bookings/${booking.id}/calendar.ics`} download className={buttonClass({ size: "small" })}>
            <Download aria-hidden="true" strokeWidth={1.5} className="size-4" /> .ics file
          </a>
        </li>
        {calendarLinks(booking, title, page).map(({ label, href }) => (
          <li key={label}>
            <a href={href} target="_blank" rel="noreferrer" className={buttonClass({ size: "small" })}>
              {label}
              <span className="sr-only"> (opens beside this page)</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
