import type { Actor } from "@parley/auth";
import type { CalendarPerson, writeCalendar } from "@parley/calendar-file";
import type { Attachment } from "@parley/mail";
import { notFound } from "../errors";
import { bookingEntry, type CalendarBooking, type Party } from "./rules";
import type { CalendarFile } from "./schema";
import type { CalendarStore } from "./store";

export interface CalendarWriterDependencies {
  writeCalendar: typeof writeCalendar;
  /** Who sends our mails, and stands as organizer: people's own addresses are never shown to each other. */
  mailSender: CalendarPerson;
  webLink(pathname: string): string;
}

export interface CalendarDependencies extends CalendarWriterDependencies {
  calendars: CalendarStore;
}

/** @throws not_found where there is no such booking, or it is other people's. */
export async function getBookingFile(
  deps: CalendarDependencies,
  actor: Actor,
  input: { id: string },
): Promise<CalendarFile> {
  const found = await deps.calendars.findBooking(actor.userId, input.id);
  if (found === null) throw notFound("Booking");
  return publish(deps, [found.booking], found.party);
}

/** A calendar to look at, of one party's bookings; with a `name` it is one to subscribe to. */
export function publish(
  deps: CalendarWriterDependencies,
  bookings: readonly CalendarBooking[],
  party: Party,
  subscription?: { name: string; refreshMinutes: number },
): CalendarFile {
  const events = bookings.map((booking) => ({
    ...bookingEntry(booking, party, bookingPage(deps, booking)),
    organizer: deps.mailSender,
  }));
  const text = deps.writeCalendar({ method: "PUBLISH", ...subscription, events });
  return { bytes: Buffer.from(text), contentType: "text/calendar; charset=utf-8" };
}

/**
 * The file that a mail about a booking carries to one of its parties: their calendar takes the booking up, moves it, or
 * strikes it out. `recipient` is the one whom the mail goes to; nobody else's address is in it. Source: RFC 5546, 6047.
 */
export function bookingInvite(
  deps: CalendarWriterDependencies,
  booking: CalendarBooking,
  recipient: CalendarPerson & { party: Party },
): Attachment {
  const { party, name, email } = recipient;
  const entry = bookingEntry(booking, party, bookingPage(deps, booking));
  const method = entry.status === "CANCELLED" ? "CANCEL" : "REQUEST";
  const attendee = { name, email, hasAccepted: entry.status === "CONFIRMED" };
  return {
    filename: method === "CANCEL" ? "cancelled.ics" : "invite.ics",
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: deps.writeCalendar({ method, events: [{ ...entry, organizer: deps.mailSender, attendee }] }),
  };
}

function bookingPage(deps: CalendarWriterDependencies, booking: CalendarBooking): string {
  return deps.webLink(`/bookings/${booking.id}`);
}
