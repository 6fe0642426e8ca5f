/** What may become of a booking, as data: one table decides for the API, for jobs and for the buttons people see. */

export const bookingStatuses = [
  "requested",
  "confirmed",
  "declined",
  "cancelled",
  "expired",
  "completed",
  "no_show",
] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

export const bookingParties = ["host", "caller"] as const;
export type BookingParty = (typeof bookingParties)[number];

export const agendaMaxDays = 62;

const millisecondsPerMinute = 60_000;

/** How long a place is kept, and for how many places at a time a person, or those behind one address, may have that. */
export const holdMinutes = 5;
export const maxLiveHolds = 3;

/** How long after its end a booking of which its host says nothing counts as one that took place. */
const settledAfterHours = 12;

interface Transition {
  from: readonly BookingStatus[];
  /** Undefined: it depends, or stays. */
  to?: BookingStatus;
  /** Empty: time itself does it. */
  by: readonly BookingParty[];
  /** When it may be, of the booking's start and end. */
  while: "before its start" | "before its end" | "after its start" | "long after its end";
  /** As a refusal calls it. */
  verb: string;
}

export const transitions = {
  accept: { from: ["requested"], to: "confirmed", by: ["host"], while: "before its start", verb: "accepted" },
  decline: { from: ["requested"], to: "declined", by: ["host"], while: "before its start", verb: "declined" },
  cancel: {
    from: ["requested", "confirmed"],
    to: "cancelled",
    by: ["host", "caller"],
    while: "before its end",
    verb: "cancelled",
  },
  reschedule: {
    from: ["requested", "confirmed"],
    by: ["host", "caller"],
    while: "before its start",
    verb: "moved",
  },
  complete: { from: ["confirmed"], to: "completed", by: ["host"], while: "after its start", verb: "completed" },
  markNoShow: { from: ["confirmed"], to: "no_show", by: ["host"], while: "after its start", verb: "marked as missed" },
  expire: { from: ["requested"], to: "expired", by: [], while: "after its start", verb: "expired" },
  settle: { from: ["confirmed"], to: "completed", by: [], while: "long after its end", verb: "settled" },
} as const satisfies Record<string, Transition>;

export type BookingEvent = keyof typeof transitions;

/** The facts that decide. Times are milliseconds since the epoch. */
export interface BookingState {
  status: BookingStatus;
  start: number;
  end: number;
}

export type Refusal = { code: "forbidden" | "conflict"; message: string };

/** Why that side may not do this now; null where it may. `party` null is time itself. */
export function refusalOf(
  event: BookingEvent,
  booking: BookingState,
  party: BookingParty | null,
  now: number,
): Refusal | null {
  const rule: Transition = transitions[event];
  const mayDoIt = party === null ? rule.by.length === 0 : rule.by.includes(party);
  if (!mayDoIt) return { code: "forbidden", message: `Only the host can have a booking ${rule.verb}` };
  if (!rule.from.includes(booking.status)) {
    return { code: "conflict", message: `A booking that is ${statusWords[booking.status]} cannot be ${rule.verb}` };
  }
  if (!isTimely(rule.while, booking, now)) {
    return { code: "conflict", message: `A booking can be ${rule.verb} only ${rule.while}` };
  }
  return null;
}

const statusWords: Record<BookingStatus, string> = {
  requested: "requested",
  confirmed: "confirmed",
  declined: "declined",
  cancelled: "cancelled",
  expired: "expired",
  completed: "completed",
  no_show: "marked as missed",
};

function isTimely(when: Transition["while"], { start, end }: BookingState, now: number): boolean {
  switch (when) {
    case "before its start":
      return now < start;
    case "before its end":
      return now < end;
    case "after its start":
      return now >= start;
    case "long after its end":
      return end <= settledBefore(new Date(now)).getTime();
  }
}

/** What had ended by then, and was confirmed, counts as a conversation that took place. */
export function settledBefore(now: Date): Date {
  return new Date(now.getTime() - settledAfterHours * 60 * millisecondsPerMinute);
}

/** Statuses in which a booking is still to happen. */
export const liveStatuses = ["requested", "confirmed"] as const satisfies readonly BookingStatus[];

/**
 * Whether a booking of that status takes nobody's time. One that took place keeps it: it counts among the most that its
 * host wants a day.
 */
export function isFreeing(status: BookingStatus): boolean {
  return status === "declined" || status === "cancelled" || status === "expired";
}

/** The side that a person is on, who is on one of them. */
export function partyOf(booking: { hostId: string }, userId: string): BookingParty {
  return booking.hostId === userId ? "host" : "caller";
}

/** What the table of transitions asks of a booking as procedures know it. */
export function stateOf(booking: { status: BookingStatus; start: string; end: string }): BookingState {
  return { status: booking.status, start: Date.parse(booking.start), end: Date.parse(booking.end) };
}

/** What a booking costs, in cents: the rate of a minute times the minutes. */
export function priceCents(rateCents: number, durationMinutes: number): number {
  return rateCents * durationMinutes;
}

/** The end of what begins then, by elapsed time. */
export function endOf(start: number, durationMinutes: number): number {
  return start + durationMinutes * millisecondsPerMinute;
}

/** What such a place takes of its host's time. Instants are milliseconds since the epoch. */
export function bufferedTime(
  { start, end }: { start: number; end: number },
  rules: { bufferBeforeMinutes: number; bufferAfterMinutes: number },
): { from: number; to: number } {
  return {
    from: start - rules.bufferBeforeMinutes * millisecondsPerMinute,
    to: end + rules.bufferAfterMinutes * millisecondsPerMinute,
  };
}

export function minutesBetween(start: Date, end: Date): number {
  return (end.getTime() - start.getTime()) / millisecondsPerMinute;
}

/** A host who wants to consent is asked again where the caller moves what was confirmed. */
export function statusOnceMoved(status: BookingStatus, by: BookingParty, requiresConsent: boolean): BookingStatus {
  return by === "caller" && requiresConsent ? "requested" : status;
}
