import { enqueue, type JobConnection } from "@parley/db/jobs";
import type { BookingNews } from "./rules";

/**
 * Orders that the people of a booking be told what has become of it, within the transaction that made it so.
 * `sequence` is the booking's own after the change: the same news is told once for each.
 */
export async function orderNews(
  connection: JobConnection,
  booking: { id: string; sequence: number },
  event: BookingNews,
): Promise<void> {
  const { id: bookingId, sequence } = booking;
  await enqueue(connection, "notifications.tellOfBooking", { bookingId, event, sequence });
}
