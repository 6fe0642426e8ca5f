import { enqueueAll, type JobConnection, type JobOrder, removeJobs } from "@parley/db/jobs";
import type { BookingNews } from "../news/rules";
import { reminderKey, reminderKinds, reminderTime } from "../reminders/rules";

/** What orders need to know of a booking as it is after a change. */
export interface ChangedBooking {
  id: string;
  status: string;
  start: string;
  sequence: number;
}

/**
 * Orders what a change of a booking makes necessary, within the transaction that makes it: that its people are told
 * (`news` null: of nothing), and the reminders of a confirmed booking that lie ahead, in the place of those before.
 */
export async function orderNotices(
  connection: JobConnection,
  booking: ChangedBooking,
  news: BookingNews | null,
  now: Date,
): Promise<void> {
  const reminders = remindersAhead(booking, now);
  const kept = new Set(reminders.map(({ jobKey }) => jobKey));
  const dropped = reminderKeys(booking).filter((key) => !kept.has(key));
  await enqueueAll(connection, news === null ? reminders : [orderOfNews(booking, news), ...reminders]);
  await removeJobs(connection, isFirstNews(booking, news) ? [] : dropped);
}

/**
 * The same news is told once for each version of a booking. News of one booking is told in the order in which it was
 * made; by one of sixteen queues, since a queue of its own would outlive every booking.
 */
function orderOfNews({ id: bookingId, sequence }: ChangedBooking, event: BookingNews): JobOrder {
  const payload = { bookingId, event, sequence };
  return { task: "notifications.tellOfBooking", payload, queueName: `notifications:${bookingId.at(-1)}` };
}

function remindersAhead({ id: bookingId, status, start: startsAt }: ChangedBooking, now: Date): JobOrder[] {
  if (status !== "confirmed") return [];
  return reminderKinds.flatMap((kind) => {
    const runAt = reminderTime(kind, new Date(startsAt), now);
    const jobKey = reminderKey(bookingId, kind);
    return runAt === null
      ? []
      : [{ task: "notifications.remind", payload: { bookingId, kind, startsAt }, jobKey, runAt }];
  });
}

function reminderKeys({ id }: ChangedBooking): string[] {
  return reminderKinds.map((kind) => reminderKey(id, kind));
}

/** A booking that was made a moment ago has no reminders to be taken back. */
function isFirstNews({ sequence }: ChangedBooking, news: BookingNews | null): boolean {
  return sequence === 0 && (news === "requested" || news === "confirmed");
}
