import { z } from "zod";
import { sendLetter } from "./farewells/service";
import { mailNotification, type NotificationMailDependencies } from "./mails/service";
import { bookingEvents } from "./news/rules";
import { type NewsDependencies, tellOfBooking } from "./news/service";
import { reminderKinds } from "./reminders/rules";
import { remind } from "./reminders/service";
import { forgetOldNotifications, type NotificationDependencies } from "./service";

const news = z.object({ bookingId: z.uuid(), event: z.enum(bookingEvents), sequence: z.int() });
const reminder = z.object({ bookingId: z.uuid(), kind: z.enum(reminderKinds), startsAt: z.iso.datetime() });
const mail = z.object({ notificationId: z.uuid(), bookingId: z.uuid(), sequence: z.int() });
const letter = z.object({
  id: z.uuid(),
  ...{ to: z.string(), subject: z.string(), text: z.string(), html: z.string() },
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), content: z.string() })),
});

export function notificationJobs(deps: NewsDependencies & NotificationMailDependencies & NotificationDependencies) {
  return {
    "notifications.tellOfBooking": (payload: unknown) => tellOfBooking(deps, news.parse(payload)),
    "notifications.remind": (payload: unknown) => remind(deps, reminder.parse(payload)),
    "notifications.deleteOld": () => forgetOldNotifications(deps),
    "notifications.sendLetter": (payload: unknown) => sendLetter(deps, letter.parse(payload)),
    "notifications.mail": (payload: unknown) => mailNotification(deps, mail.parse(payload)),
  };
}
