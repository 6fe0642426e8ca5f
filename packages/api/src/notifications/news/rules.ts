/** What may happen to a booking that its people hear of. */
export const bookingEvents = ["requested", "confirmed", "declined", "cancelled", "rescheduled"] as const;
export type BookingNews = (typeof bookingEvents)[number];
