/** When people are reminded of a booking, and the word for each in keys and causes. */
export const reminderKinds = ["24h", "15m"] as const;
export type ReminderKind = (typeof reminderKinds)[number];

const millisecondsPerMinute = 60_000;

export const minutesBefore: Record<ReminderKind, number> = { "24h": 24 * 60, "15m": 15 };

/** When a booking's reminder is due, by elapsed time; null where that has passed, since a late reminder tells nothing. */
export function reminderTime(kind: ReminderKind, start: Date, now: Date): Date | null {
  const at = start.getTime() - minutesBefore[kind] * millisecondsPerMinute;
  return at > now.getTime() ? new Date(at) : null;
}

/** The key under which at most one such reminder of a booking waits. */
export function reminderKey(bookingId: string, kind: ReminderKind): string {
  return `remind:${bookingId}:${kind}`;
}
