import { Temporal } from "temporal-polyfill";
import type { CalendarBooking, Party } from "../../calendars/rules";
import { isTimezone } from "../../schedule/weekly/rules";
import type { NotificationData, NotificationType } from "../schema";

/** What may happen to a booking that its people hear of. */
export const bookingEvents = ["requested", "confirmed", "declined", "cancelled", "expired", "rescheduled"] as const;
export type BookingNews = (typeof bookingEvents)[number];

/** A booking, and what is known of its two sides. */
export interface ToldBooking extends CalendarBooking {
  hostUsername: string | null;
  /** Who declined or cancelled it. */
  endedBy: Party | null;
  people: Record<Party, { id: string; timezone: string }>;
}

/** What one person is told. */
export interface Notice {
  userId: string;
  type: NotificationType;
  title: string;
  body: string;
  data: NotificationData;
  /** What it tells of: a person is told the same once. */
  cause: string;
  /** What one did oneself is told for the record, and for one's calendar: nobody need be pointed to it. */
  isRead: boolean;
}

/** Who is told of an event, and what, each in their own zone. */
export function noticesOf(event: BookingNews, sequence: number, booking: ToldBooking): Notice[] {
  return recipientsOf(event, sequence).map((party) => ({
    ...noticeOf(`booking_${event}`, booking, party),
    title: titleOf(event, booking, party),
    cause: `booking:${booking.id}:${sequence}:${event}`,
    isRead: isOwnDoing(event, sequence, booking, party),
  }));
}

/** All that notices of a booking have in common. */
export function noticeOf(type: NotificationType, booking: ToldBooking, party: Party) {
  const { id: bookingId, start, end, hostUsername, reason } = booking;
  const when = whenText(start, end, booking.people[party].timezone);
  const hasReason = reason !== null && reason !== "";
  return {
    userId: booking.people[party].id,
    type,
    body: hasReason ? `${when}\n${reason}` : when,
    data: {
      ...{ bookingId, start, end },
      ...(hasReason && { reason }),
      ...(hostUsername !== null && { username: hostUsername }),
    },
  };
}

export function nameOfOther(booking: CalendarBooking, party: Party): string {
  return party === "host" ? booking.callerDisplayName : booking.hostDisplayName;
}

/** Whether it is the reader's own decline or cancellation. */
export function isEndedBy(event: BookingNews, { endedBy }: ToldBooking, party: Party): boolean {
  return (event === "cancelled" || event === "declined") && endedBy === party;
}

/** A booking that needs no consent is confirmed as its first version; any later one was accepted by its host. */
function isOwnDoing(event: BookingNews, sequence: number, booking: ToldBooking, party: Party): boolean {
  return isEndedBy(event, booking, party) || (event === "confirmed" && sequence > 0 && party === "host");
}

function recipientsOf(event: BookingNews, sequence: number): Party[] {
  switch (event) {
    case "requested":
      return ["host"];
    case "declined":
      // A booking that was moved first may stand in the calendar of its host, too.
      return mayStandInCalendars(sequence) ? ["host", "caller"] : ["caller"];
    case "confirmed":
    case "cancelled":
    case "expired":
    case "rescheduled":
      return ["host", "caller"];
  }
}

/** Whether calendars may know of a booking that is declined or expired: asked for (0), moved (1), declined (2). */
export function mayStandInCalendars(sequence: number): boolean {
  return sequence > 1;
}

function titleOf(event: BookingNews, booking: ToldBooking, party: Party): string {
  const other = nameOfOther(booking, party);
  switch (event) {
    case "requested":
      return `${other} asks for a conversation with you`;
    case "confirmed":
      return `Your conversation with ${other} is confirmed`;
    case "declined":
      return party === "host" ? `You declined a conversation with ${other}` : `${other} declined your request`;
    case "cancelled":
      return isEndedBy(event, booking, party)
        ? `You cancelled your conversation with ${other}`
        : `${other} cancelled your conversation`;
    case "expired":
      return party === "host" ? `You did not answer ${other} in time` : `${other} did not answer your request in time`;
    case "rescheduled":
      return booking.status === "requested"
        ? `A new time was asked for your conversation with ${other}`
        : `Your conversation with ${other} was moved`;
  }
}

const dayOfYear = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/**
 * "Tuesday, 24 November 2026, 10:00 to 10:30 (Europe/Berlin, UTC+01:00)": wall time of the reader, its zone named. The
 * end has its own date or offset where these are others than at the start. A zone that this runtime does not know is
 * told as UTC.
 */
export function whenText(start: string, end: string, timezone: string): string {
  const zone = isTimezone(timezone) ? timezone : "UTC";
  const [from, to] = [start, end].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone));
  if (from === undefined || to === undefined) throw new TypeError("two instants");
  const isOneDay = from.toPlainDate().equals(to.toPlainDate());
  const day = (time: Temporal.ZonedDateTime) => time.toPlainDate().toLocaleString("en-GB", dayOfYear);
  const hours = (time: Temporal.ZonedDateTime) => time.toPlainTime().toLocaleString("en-GB", clock);
  const shift = from.offset === to.offset ? "" : ` UTC${to.offset}`;
  const until = `${isOneDay ? "" : `${day(to)}, `}${hours(to)}${shift}`;
  const zoneName = zone === "UTC" ? "UTC" : `${zone}, UTC${from.offset}`;
  return `${day(from)}, ${hours(from)} to ${until} (${zoneName})`;
}
