import { type BookingNews, noticesOf } from "./rules";
import type { NewsStore } from "./store";

export interface NewsDependencies {
  news: NewsStore;
  clock(): Date;
}

/**
 * Job. Tells the people of a booking what has become of it; `sequence` is the booking's own after that. Whatever
 * happened since, they are told of it: it is on record. Mails are not sent any more once they are outdated.
 */
export async function tellOfBooking(
  deps: NewsDependencies,
  { bookingId, event, sequence }: { bookingId: string; event: BookingNews; sequence: number },
): Promise<void> {
  const booking = await deps.news.findBooking(bookingId);
  if (booking === null) return;
  await deps.news.tell({ id: bookingId, sequence }, noticesOf(event, sequence, booking), { now: deps.clock() });
}
