import type { Actor } from "@parley/auth";
import { DomainError, forbidden, invalid, notFound } from "../../errors";
import { findPlace, type PlaceDependencies, placeRefused, requireAhead } from "../places/service";
import { endOf } from "../rules";
import type { Booking, RequestBooking, RescheduleBooking } from "../schema";
import { type BookingDependencies, getBooking } from "../service";
import type { ReservationStore } from "./store";

export interface ReservationDependencies extends PlaceDependencies, BookingDependencies {
  reservations: ReservationStore;
}

/**
 * Books a host: confirmed at once, or requested where the host wants to consent.
 * @throws forbidden before the caller's e-mail address is proven; validation_error; not_found for the host, and for a
 * hold that is another's; conflict where the place is not open, with openings that are, or the caller is busy then.
 */
export async function requestBooking(
  deps: ReservationDependencies,
  actor: Actor,
  input: RequestBooking,
): Promise<Booking> {
  if (actor.role === "user") throw forbidden("Booking needs a verified e-mail address");
  const place = await findPlace(deps, actor, input);
  const { note, timezone, holdId } = input;
  const wanted = { ...place, callerId: actor.userId, note: note || null, timezone: timezone ?? null };
  const result = await deps.reservations.request({ ...wanted, holdId: holdId ?? null }, deps.clock());
  switch (result.outcome) {
    case "taken":
      return result.booking;
    case "hold_not_found":
      throw notFound("Hold");
    case "hold_elsewhere":
      throw invalid({ holdId: "is a hold on another place" });
    default:
      throw await placeRefused(deps, place, result);
  }
}

/**
 * Moves a booking to another opening; its length and price stay.
 * @throws validation_error; not_found; conflict where it has begun or ended, where the place is not open, with openings
 * that are, or where its caller is busy then.
 */
export async function rescheduleBooking(
  deps: ReservationDependencies,
  actor: Actor,
  input: RescheduleBooking,
): Promise<Booking> {
  const start = new Date(input.start);
  requireAhead(start, deps.clock());
  const result = await deps.reservations.reschedule(actor.userId, { id: input.id, start }, deps.clock());
  switch (result.outcome) {
    case "taken":
      return result.booking;
    case "refused":
      throw new DomainError(result.refusal.code, result.refusal.message);
    case "not_found":
      throw notFound("Booking");
    case "unmoved":
      throw invalid({ start: "is when it begins already" });
    default: {
      const { hostId, durationMinutes } = await getBooking(deps, actor, input);
      const end = new Date(endOf(start.getTime(), durationMinutes));
      throw await placeRefused(deps, { hostId, start, end }, result, hostId !== actor.userId);
    }
  }
}
