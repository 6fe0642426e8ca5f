/** Whose side of a booking. */
export type Party = "host" | "caller";

/** What a calendar tells of a booking. Times are ISO 8601 text in UTC. */
export interface CalendarBooking {
  id: string;
  status: "requested" | "confirmed" | "declined" | "cancelled" | "expired" | "completed" | "no_show";
  start: string;
  end: string;
  hostDisplayName: string;
  callerDisplayName: string;
  note: string | null;
  priceCents: number;
  /** Why it was declined or cancelled. */
  reason: string | null;
  sequence: number;
  /** When this version came to be. */
  updatedAt: string;
}

/** The entry as one party's calendar shows it. */
export interface BookingEntry {
  uid: string;
  sequence: number;
  start: Date;
  end: Date;
  summary: string;
  description: string;
  url: string;
  status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  lastModified: Date;
  remindersMinutes: readonly number[];
}

const entryStatuses = {
  requested: "TENTATIVE",
  confirmed: "CONFIRMED",
  completed: "CONFIRMED",
  no_show: "CONFIRMED",
  declined: "CANCELLED",
  cancelled: "CANCELLED",
  expired: "CANCELLED",
} as const satisfies Record<CalendarBooking["status"], BookingEntry["status"]>;

const uidSuffix = "@parley";

/** Whether an entry of somebody's calendar is a booking made here, which takes its time here already. */
export function isOwnUid(uid: string): boolean {
  return uid.endsWith(uidSuffix);
}

/** The same booking has the same UID in every file and feed, so that calendars know it again. `url` is its page. */
export function bookingEntry(booking: CalendarBooking, party: Party, url: string): BookingEntry {
  const status = entryStatuses[booking.status];
  const other = party === "host" ? booking.callerDisplayName : booking.hostDisplayName;
  return {
    uid: `${booking.id}${uidSuffix}`,
    sequence: booking.sequence,
    start: new Date(booking.start),
    end: new Date(booking.end),
    summary: `Conversation with ${other}`,
    description: describe(booking, party, url),
    url,
    status,
    lastModified: new Date(booking.updatedAt),
    remindersMinutes: status === "CONFIRMED" ? [15] : [],
  };
}

function describe({ note, priceCents, reason, callerDisplayName, status }: CalendarBooking, party: Party, url: string) {
  const lines = [`Price: $${(priceCents / 100).toFixed(2)}`];
  if (status === "requested") lines.unshift(party === "host" ? "Awaits your consent" : "Awaits the host's consent");
  if (note !== null && note !== "") lines.push(party === "host" ? `${callerDisplayName} wrote: ${note}` : note);
  if (reason !== null && reason !== "") lines.push(`Reason: ${reason}`);
  return [...lines, url].join("\n\n");
}
