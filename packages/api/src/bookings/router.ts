import { nothing } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import { hold, holdInput, releaseInput } from "./holds/schema";
import { holdPlace, releaseHold } from "./holds/service";
import { acceptBooking, cancelBooking, completeBooking, declineBooking, markNoShow } from "./progress/service";
import { requestBooking, rescheduleBooking } from "./reservation/service";
import {
  agenda,
  agendaInput,
  booking,
  bookingInput,
  bookingPage,
  endInput,
  listInput,
  requestInput,
  rescheduleInput,
} from "./schema";
import { getAgenda, getBooking, listBookings } from "./service";

export const bookingsRouter = router({
  hold: publicly({
    summary: "Keep a place for five minutes",
    description: "Nobody else can book it meanwhile. A later hold of the same person on the same host replaces it.",
    errors: ["not_found", "conflict", "rate_limited"],
    limit: "hold",
  })
    .input(holdInput)
    .output(hold)
    .mutation(({ ctx, input }) => holdPlace(ctx.deps, ctx.actor, ctx.client, input)),

  releaseHold: publicly({ summary: "Give back a place that was kept", errors: ["not_found"] })
    .input(releaseInput)
    .output(nothing)
    .mutation(({ ctx, input }) => releaseHold(ctx.deps, ctx.actor, input)),

  request: signedIn({
    summary: "Book a host",
    description:
      "It is confirmed at once, or requested where the host wants to consent. The price is the rate of now times the minutes. A place that is taken meanwhile is a conflict, which names the next openings.",
    errors: ["forbidden", "not_found", "conflict"],
  })
    .input(requestInput)
    .output(booking)
    .mutation(({ ctx, input }) => requestBooking(ctx.deps, ctx.actor, input)),

  list: signedIn({ summary: "List the signed-in user's bookings, of either side" })
    .input(listInput)
    .output(bookingPage)
    .query(({ ctx, input }) => listBookings(ctx.deps, ctx.actor, input)),

  agenda: signedIn({
    summary: "List all bookings of the signed-in user in a stretch of time",
    description: "Those that share time with it, of every status, by start. At most 62 days.",
  })
    .input(agendaInput)
    .output(agenda)
    .query(({ ctx, input }) => getAgenda(ctx.deps, ctx.actor, input)),

  byId: signedIn({ summary: "Retrieve a booking", errors: ["not_found"] })
    .input(bookingInput)
    .output(booking)
    .query(({ ctx, input }) => getBooking(ctx.deps, ctx.actor, input)),

  cancel: signedIn({
    summary: "Cancel a booking",
    description: "Either side may, until it has ended.",
    errors: ["not_found", "conflict"],
  })
    .input(endInput)
    .output(booking)
    .mutation(({ ctx, input }) => cancelBooking(ctx.deps, ctx.actor, input)),

  reschedule: signedIn({
    summary: "Move a booking to another opening",
    description:
      "Either side may, until it begins. Length and price stay. Where the host wants to consent, a booking that its caller moves is requested again.",
    errors: ["not_found", "conflict"],
  })
    .input(rescheduleInput)
    .output(booking)
    .mutation(({ ctx, input }) => rescheduleBooking(ctx.deps, ctx.actor, input)),

  accept: signedIn({
    summary: "Accept a booking that was requested",
    description: "The host may, until it begins.",
    errors: ["forbidden", "not_found", "conflict"],
  })
    .input(bookingInput)
    .output(booking)
    .mutation(({ ctx, input }) => acceptBooking(ctx.deps, ctx.actor, input)),

  decline: signedIn({
    summary: "Decline a booking that was requested",
    description: "The host may, until it begins.",
    errors: ["forbidden", "not_found", "conflict"],
  })
    .input(endInput)
    .output(booking)
    .mutation(({ ctx, input }) => declineBooking(ctx.deps, ctx.actor, input)),

  complete: signedIn({
    summary: "Say that a booking took place",
    description: "The host may, once it has begun.",
    errors: ["forbidden", "not_found", "conflict"],
  })
    .input(bookingInput)
    .output(booking)
    .mutation(({ ctx, input }) => completeBooking(ctx.deps, ctx.actor, input)),

  markNoShow: signedIn({
    summary: "Say that the caller did not come to a booking",
    description: "The host may, once it has begun.",
    errors: ["forbidden", "not_found", "conflict"],
  })
    .input(bookingInput)
    .output(booking)
    .mutation(({ ctx, input }) => markNoShow(ctx.deps, ctx.actor, input)),
});
