import type { NewsDependencies } from "../news/service";
import { isReminderTimely, type ReminderKind, remindersOf } from "./rules";

/**
 * Job. Reminds both sides of a booking that starts at `startsAt`. One that was cancelled, or moved, is left alone: that
 * is decided by the statement that records the reminder, under the booking's lock.
 */
export async function remind(
  deps: NewsDependencies,
  { bookingId, kind, startsAt }: { bookingId: string; kind: ReminderKind; startsAt: string },
): Promise<void> {
  const now = deps.clock();
  if (!isReminderTimely(kind, new Date(startsAt), now)) return;
  const booking = await deps.news.findBooking(bookingId);
  if (booking === null) return;
  const reminders = remindersOf(kind, { ...booking, start: new Date(startsAt).toISOString() });
  await deps.news.tell(booking, reminders, { now, ifConfirmedAt: startsAt });
}
