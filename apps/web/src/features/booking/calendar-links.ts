import type { Booking } from "@parley/api/schema/bookings";

export interface CalendarLink {
  label: string;
  href: string;
}

/** Where a booking can be put into somebody's calendar by a press: their page opens, filled in. Times are UTC. */
export function calendarLinks(booking: Pick<Booking, "start" | "end">, title: string, page: string): CalendarLink[] {
  const { start, end } = booking;
  const compact = (instant: string) => `${new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const google = new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates: `${compact(start)}/${compact(end)}`,
    details: page,
    location: page,
  });
  const microsoft = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: start,
    enddt: end,
    body: page,
    location: page,
  });
  return [
    { label: "Google", href: `https://calendar.google.com/calendar/render?${google}` },
    { label: "Outlook", href: `https://outlook.live.com/calendar/0/deeplink/compose?${microsoft}` },
    { label: "Office 365", href: `https://outlook.office.com/calendar/0/deeplink/compose?${microsoft}` },
  ];
}
