import type { Party } from "../../calendars/rules";
import { type Notice, nameOfOther, noticeOf, type ToldBooking } from "../news/rules";

/** When people are reminded of a booking, and the word for each in keys and causes. */
export const reminderKinds = ["24h", "15m"] as const;
export type ReminderKind = (typeof reminderKinds)[number];

const millisecondsPerMinute = 60_000;

const minutesBefore: Record<ReminderKind, number> = { "24h": 24 * 60, "15m": 15 };

/** When a booking's reminder is due, by elapsed time; null where that has passed, since a late reminder tells nothing. */
export function reminderTime(kind: ReminderKind, start: Date, now: Date): Date | null {
  const at = timeOf(kind, start);
  return at > now.getTime() ? new Date(at) : null;
}

/**
 * Whether a reminder that is late, because no worker ran, still tells something: until the next one is due, or the
 * conversation begins.
 */
export function isReminderTimely(kind: ReminderKind, start: Date, now: Date): boolean {
  return now.getTime() < (kind === "24h" ? timeOf("15m", start) : start.getTime());
}

/** The key under which at most one such reminder of a booking waits. */
export function reminderKey(bookingId: string, kind: ReminderKind): string {
  return `remind:${bookingId}:${kind}`;
}

/** What both sides are told. One that is moved is another booking to be reminded of, hence the start in the cause. */
export function remindersOf(kind: ReminderKind, booking: ToldBooking): Notice[] {
  const parties: Party[] = ["host", "caller"];
  const what = kind === "24h" ? "is coming up" : "is about to begin";
  return parties.map((party) => ({
    ...noticeOf("booking_reminder", booking, party),
    title: `Your conversation with ${nameOfOther(booking, party)} ${what}`,
    cause: `${reminderKey(booking.id, kind)}:${booking.start}`,
    isRead: false,
  }));
}

function timeOf(kind: ReminderKind, start: Date): number {
  return start.getTime() - minutesBefore[kind] * millisecondsPerMinute;
}
