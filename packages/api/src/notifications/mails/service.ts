import type { Attachment, Mailer } from "@parley/mail";
import type * as BookingMails from "@parley/mail/booking-templates";
import type { Party } from "../../calendars/rules";
import { bookingInvite, type CalendarWriterDependencies } from "../../calendars/service";
import { isEndedBy, mayStandInCalendars, nameOfOther, type ToldBooking, whenText } from "../news/rules";
import type { NewsStore } from "../news/store";
import { isReminderTimely } from "../reminders/rules";
import type { NotificationType } from "../schema";
import type { MailClaim, NotificationMailStore } from "./store";

export interface NotificationMailDependencies extends CalendarWriterDependencies {
  news: Pick<NewsStore, "findBooking">;
  notificationMails: NotificationMailStore;
  bookingMails: typeof BookingMails;
  mailer: Pick<Mailer, "send">;
  clock(): Date;
}

export interface MailOrder {
  notificationId: string;
  bookingId: string;
  /** Of the booking when this was news. */
  sequence: number;
}

/**
 * Job. Sends the mail of one notification, unless it was sent, or what it would tell is so no more. A worker that dies
 * while the mail is under way leaves it to the next, which may send it again under the same Message-ID.
 */
export async function mailNotification(deps: NotificationMailDependencies, order: MailOrder): Promise<void> {
  const { notificationId: id } = order;
  const claim = await deps.notificationMails.claim(id, deps.clock());
  if (claim.outcome === "settled") return;
  if (claim.outcome === "busy") throw new Error("another worker is sending this mail");
  try {
    const letter = await letterOf(deps, order, claim);
    if (letter !== null) await deps.mailer.send({ ...letter, to: claim.email, id: `notification-${id}` });
  } catch (error) {
    await deps.notificationMails.release(id);
    throw error;
  }
  await deps.notificationMails.settle(id, deps.clock());
}

type Claimed = Extract<MailClaim, { outcome: "claimed" }>;
type Letter = ReturnType<typeof BookingMails.bookingConfirmed> & { attachments?: Attachment[] };

/** Null where it would tell what is so no more. */
async function letterOf(deps: NotificationMailDependencies, order: MailOrder, to: Claimed): Promise<Letter | null> {
  const booking = await deps.news.findBooking(order.bookingId);
  if (booking === null || booking.sequence !== order.sequence) return null;
  const party = booking.people.host.id === to.userId ? "host" : "caller";
  const letter = bookingLetter(deps, to, booking, party);
  if (letter === null || !hasCalendarFile(to.type, booking)) return letter;
  const recipient = { party, name: to.displayName, email: to.email } as const;
  return { ...letter, attachments: [bookingInvite(deps, booking, recipient)] };
}

function bookingLetter(
  deps: NotificationMailDependencies,
  to: Claimed,
  booking: ToldBooking,
  party: Party,
): Letter | null {
  const { bookingMails: mails } = deps;
  const { start, end, note, reason, sequence } = booking;
  const facts = {
    name: to.displayName,
    link: deps.webLink(`/bookings/${booking.id}`),
    other: nameOfOther(booking, party),
    when: whenText(start, end, booking.people[party].timezone),
    price: `$${(booking.priceCents / 100).toFixed(2)}`,
  };
  switch (to.type) {
    case "booking_requested":
      return mails.bookingRequested({ ...facts, note, isMove: sequence > 0 });
    case "booking_confirmed":
      return mails.bookingConfirmed({ ...facts, note });
    case "booking_declined":
      return mails.bookingDeclined({ ...facts, reason, isOwnDoing: isEndedBy("declined", booking, party) });
    case "booking_cancelled":
      return mails.bookingCancelled({ ...facts, reason, isOwnDoing: isEndedBy("cancelled", booking, party) });
    case "booking_expired":
      return mails.bookingExpired({
        ...facts,
        isOwnDoing: party === "host",
        isInCalendars: mayStandInCalendars(sequence),
      });
    case "booking_rescheduled":
      return mails.bookingRescheduled({ ...facts, awaitsConsent: booking.status === "requested" });
    case "booking_reminder": {
      const now = deps.clock();
      const isNear = !isReminderTimely("24h", new Date(start), now);
      return isReminderTimely("15m", new Date(start), now) ? mails.bookingReminder({ ...facts, isNear }) : null;
    }
    case "follow_new":
      return null;
  }
}

/** Whether the reader's calendar has something to take up, to move or to strike out. */
function hasCalendarFile(type: NotificationType, { sequence }: ToldBooking): boolean {
  switch (type) {
    case "booking_confirmed":
    case "booking_cancelled":
    case "booking_rescheduled":
      return true;
    case "booking_declined":
    case "booking_expired":
      return mayStandInCalendars(sequence);
    default:
      return false;
  }
}
