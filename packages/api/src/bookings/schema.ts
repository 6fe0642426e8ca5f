import { z } from "zod";
import { cents, id, instant, pageOf, pageRequest, text } from "../primitives";
import { timezone } from "../schedule/weekly/schema";
import { agendaMaxDays, bookingParties, bookingStatuses } from "./rules";

const bookingStatus = z.enum(bookingStatuses);
/** The side of a booking that somebody is on. */
const bookingParty = z.enum(bookingParties);

/** A conversation that was asked for, as both of its sides see it: never an e-mail address. */
export const booking = z
  .object({
    id,
    hostId: id,
    /** Null where the host has none any more. */
    hostUsername: z.string().nullable(),
    hostDisplayName: z.string(),
    callerId: id,
    callerDisplayName: z.string(),
    start: instant,
    end: instant,
    durationMinutes: z.int(),
    status: bookingStatus,
    note: z.string().nullable(),
    /** What a minute, and the whole, cost when it was booked. */
    rateCents: cents,
    priceCents: cents,
    /** Who declined or cancelled it; null for any other status. */
    endedBy: bookingParty.nullable(),
    reason: z.string().nullable(),
    /** Of the calendar entry: raised by what changes it. */
    sequence: z.int().min(0),
    createdAt: instant,
  })
  .meta({ id: "Booking" });
export type Booking = z.infer<typeof booking>;

const reason = text({ max: 500, isProse: true });

/** What takes a place on somebody's page. The start is an instant that the host's openings list. */
export const place = z.object({
  hostUsername: text({ min: 1, max: 200 }).toLowerCase(),
  start: instant,
  durationMinutes: z.int().min(1).max(1440),
});
export type Place = z.infer<typeof place>;

export const requestInput = place.extend({
  note: text({ max: 1000, isProse: true }).nullish(),
  /** In which the caller saw the time; mails to them are told in it. */
  timezone: timezone.nullish(),
  /** Of a hold on this very place, which the booking takes over. */
  holdId: id.nullish(),
});
export type RequestBooking = z.infer<typeof requestInput>;

export const bookingInput = z.object({ id });
export const endInput = z.object({ id, reason: reason.nullish() });
export type EndBooking = z.infer<typeof endInput>;
export const rescheduleInput = z.object({ id, start: instant });
export type RescheduleBooking = z.infer<typeof rescheduleInput>;

export const listInput = pageRequest.extend({
  /** Upcoming: still to happen, soonest first. Past: all others, latest first. */
  when: z.enum(["upcoming", "past"]).default("upcoming"),
  /** Left out: both sides. */
  as: bookingParty.optional(),
});
export type ListBookings = z.infer<typeof listInput>;
export const bookingPage = pageOf(booking);
export type BookingPage = z.infer<typeof bookingPage>;

const millisecondsPerDay = 24 * 60 * 60_000;

export const agendaInput = z
  .object({ from: instant, to: instant, as: bookingParty.optional() })
  .check(({ value, issues }) => {
    const length = Date.parse(value.to) - Date.parse(value.from);
    const message =
      length <= 0
        ? "must be after from"
        : length > agendaMaxDays * millisecondsPerDay
          ? `must be at most ${agendaMaxDays} days after from`
          : null;
    if (message !== null) issues.push({ code: "custom", message, input: value.to, path: ["to"] });
  });
export type AgendaRequest = z.infer<typeof agendaInput>;

/** Every booking, of whatever status, that shares time with the stretch asked for; by start. */
export const agenda = z.object({ bookings: z.array(booking) }).meta({ id: "Agenda" });
export type Agenda = z.infer<typeof agenda>;
