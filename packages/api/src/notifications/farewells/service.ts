import type { Mailer } from "@parley/mail";
import type * as BookingMails from "@parley/mail/booking-templates";
import type { CalendarBooking } from "../../calendars/rules";
import { bookingInvite, type CalendarWriterDependencies } from "../../calendars/service";
import { whenText } from "../news/rules";
import type { Farewell, FarewellStore, LeftBooking } from "./store";

export interface FarewellDependencies extends CalendarWriterDependencies {
  farewells: FarewellStore;
  bookingMails: Pick<typeof BookingMails, "bookingCancelled">;
  clock(): Date;
}

/** Stands for somebody of whom nothing is kept, not even in what others are told. */
const nobody = "Deleted account";
const reason = "The account of the other side was deleted.";

/** What the other sides of a person's bookings are told when the person, and with them every booking, goes at once. */
export async function farewellsOf(deps: FarewellDependencies, userId: string): Promise<Farewell[]> {
  const now = deps.clock();
  return (await deps.farewells.findLeft(userId, now)).map((left) => farewell(deps, left, now));
}

/** Job. Sends a mail as it was made. */
export async function sendLetter(
  deps: { mailer: Pick<Mailer, "send"> },
  { id, ...letter }: Farewell["letter"] & { id: string },
): Promise<void> {
  await deps.mailer.send({ ...letter, id: `notification-${id}` });
}

function farewell(
  deps: FarewellDependencies,
  { booking, party, email, displayName }: LeftBooking,
  now: Date,
): Farewell {
  const { start, end, priceCents } = booking;
  const when = whenText(start, end, booking.people[party].timezone);
  const facts = { name: displayName, link: deps.webLink("/bookings"), other: nobody, when, reason };
  const price = `$${(priceCents / 100).toFixed(2)}`;
  const { filename, contentType, content } = bookingInvite(deps, withoutNames(booking, now), {
    party,
    name: displayName,
    email,
  });
  return {
    notice: {
      userId: booking.people[party].id,
      type: "booking_cancelled",
      title: "Your conversation was cancelled: the other side deleted their account",
      body: when,
      data: { start, end },
      cause: `farewell:${booking.id}`,
    },
    letter: {
      to: email,
      ...deps.bookingMails.bookingCancelled({ ...facts, price, isOwnDoing: false }),
      attachments: [{ filename, contentType, content: content.toString() }],
    },
  };
}

/** The calendar entry as it is struck out. */
function withoutNames(booking: CalendarBooking, now: Date): CalendarBooking {
  return {
    ...booking,
    ...{ status: "cancelled", note: null, reason, hostDisplayName: nobody, callerDisplayName: nobody },
    sequence: booking.sequence + 1,
    updatedAt: now.toISOString(),
  };
}
