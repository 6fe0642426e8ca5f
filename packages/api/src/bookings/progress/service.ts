import type { Actor } from "@parley/auth";
import { DomainError, notFound } from "../../errors";
import type { Booking, EndBooking } from "../schema";
import type { BookingProgressStore, Step } from "./store";

export interface BookingProgressDependencies {
  bookingProgress: BookingProgressStore;
  clock(): Date;
}

/** @throws not_found; forbidden to its caller; conflict where it is not requested any more, or has begun. */
export function acceptBooking(deps: BookingProgressDependencies, actor: Actor, input: { id: string }) {
  return take(deps, actor, input.id, { event: "accept", news: "confirmed" });
}

/** @throws not_found; forbidden to its caller; conflict where it is not requested any more, or has begun. */
export function declineBooking(deps: BookingProgressDependencies, actor: Actor, { id, reason }: EndBooking) {
  return take(deps, actor, id, { event: "decline", reason, news: "declined" });
}

/** @throws not_found; conflict where it has ended, in whatever way. */
export function cancelBooking(deps: BookingProgressDependencies, actor: Actor, { id, reason }: EndBooking) {
  return take(deps, actor, id, { event: "cancel", reason, news: "cancelled" });
}

/** @throws not_found; forbidden to its caller; conflict where it is not confirmed, or has not begun. */
export function completeBooking(deps: BookingProgressDependencies, actor: Actor, input: { id: string }) {
  return take(deps, actor, input.id, { event: "complete", news: null });
}

/** @throws not_found; forbidden to its caller; conflict where it is not confirmed, or has not begun. */
export function markNoShow(deps: BookingProgressDependencies, actor: Actor, input: { id: string }) {
  return take(deps, actor, input.id, { event: "markNoShow", news: null });
}

/** Cancels all that is still ahead of a person whose account is closed. Job; safe to repeat. */
export async function cancelAllOf(deps: BookingProgressDependencies, { userId }: { userId: string }): Promise<void> {
  const now = deps.clock();
  const step: Step = { event: "cancel", reason: "This account was closed", news: "cancelled" };
  for (const id of await deps.bookingProgress.findAhead(userId, now)) {
    // Refused: the other side ended it a moment ago.
    await deps.bookingProgress.take(userId, id, step, now);
  }
}

async function take(deps: BookingProgressDependencies, actor: Actor, id: string, step: Step): Promise<Booking> {
  const result = await deps.bookingProgress.take(actor.userId, id, step, deps.clock());
  switch (result.outcome) {
    case "taken":
      return result.booking;
    case "refused":
      throw new DomainError(result.refusal.code, result.refusal.message);
    case "not_found":
      throw notFound("Booking");
  }
}
