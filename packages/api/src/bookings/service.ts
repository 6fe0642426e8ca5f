import type { Actor } from "@parley/auth";
import { notFound } from "../errors";
import type { Agenda, AgendaRequest, Booking, BookingPage, ListBookings } from "./schema";
import type { BookingStore } from "./store";

export interface BookingDependencies {
  bookings: BookingStore;
  clock(): Date;
}

/** @throws not_found, also for other people's. */
export async function getBooking(deps: BookingDependencies, actor: Actor, input: { id: string }): Promise<Booking> {
  const booking = await deps.bookings.find(actor.userId, input.id);
  if (booking === null) throw notFound("Booking");
  return booking;
}

/** The caller's bookings: upcoming ones soonest first, all others latest first. */
export async function listBookings(
  deps: BookingDependencies,
  actor: Actor,
  { when, as, page, perPage }: ListBookings,
): Promise<BookingPage> {
  const range = { offset: (page - 1) * perPage, limit: perPage };
  const { items, total } = await deps.bookings.list(actor.userId, { when, as, now: deps.clock(), ...range });
  return { items, page, perPage, total };
}

/** All of the caller's bookings that share time with a stretch, by start. */
export async function getAgenda(deps: BookingDependencies, actor: Actor, input: AgendaRequest): Promise<Agenda> {
  const { as, from, to } = input;
  return { bookings: await deps.bookings.between(actor.userId, as, new Date(from), new Date(to)) };
}
