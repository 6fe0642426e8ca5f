import { z } from "zod";
import { id, instant, pageOf, pageRequest } from "../primitives";

/** Of those that conventions (N13) name, `follow_new`; bookings have their own. More will come: readers pass over what they do not know. */
export const notificationType = z.enum([
  "booking_requested",
  "booking_confirmed",
  "booking_declined",
  "booking_cancelled",
  "booking_expired",
  "booking_rescheduled",
  "booking_reminder",
  "follow_new",
]);
export type NotificationType = z.infer<typeof notificationType>;

/** What a notification leads to. */
export const notificationData = z.object({
  bookingId: id.optional(),
  start: instant.optional(),
  end: instant.optional(),
  /** Of whoever declined or cancelled. */
  reason: z.string().optional(),
  /** Who follows. */
  personId: id.optional(),
  /** Of the host whom a booking is with, or of the person who follows, where they have one. */
  username: z.string().optional(),
});
export type NotificationData = z.infer<typeof notificationData>;

/** Something a person was told. Times in its texts are in their own zone, which is named. Source: conventions, N13. */
const notification = z
  .object({
    id,
    type: notificationType,
    title: z.string(),
    body: z.string(),
    data: notificationData,
    read: z.boolean(),
    createdAt: instant,
  })
  .meta({ id: "Notification" });
export type Notification = z.infer<typeof notification>;

export const notificationsInput = pageRequest.extend({
  /** True: those alone that were not read. */
  unread: z.boolean().optional(),
});
export type NotificationsRequest = z.infer<typeof notificationsInput>;

export const notificationPage = pageOf(notification);
export type NotificationPage = z.infer<typeof notificationPage>;

export const unreadCount = z.object({ count: z.int().min(0) }).meta({ id: "UnreadCount" });

export const markReadInput = z.object({ id });
