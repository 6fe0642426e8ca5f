import { enqueue, type JobConnection, removeJob } from "@parley/db/jobs";
import { reminderKey, reminderKinds, reminderTime } from "./rules";

/**
 * Orders the reminders of a booking as it is now, within the transaction that made it so: those ahead of a confirmed
 * one, in the place of those ordered before; none of any other.
 */
export async function orderReminders(
  connection: JobConnection,
  booking: { id: string; status: string; start: string },
  now: Date,
): Promise<void> {
  const { id: bookingId, start: startsAt } = booking;
  for (const kind of reminderKinds) {
    const jobKey = reminderKey(bookingId, kind);
    const runAt = booking.status === "confirmed" ? reminderTime(kind, new Date(startsAt), now) : null;
    if (runAt === null) await removeJob(connection, jobKey);
    else await enqueue(connection, "notifications.remind", { bookingId, kind, startsAt }, { jobKey, runAt });
  }
}
