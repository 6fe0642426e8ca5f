"use client";
import { type BookingEvent, type BookingParty, refusalOf } from "@parley/api/rules/bookings";
import type { Booking } from "@parley/api/schema/bookings";
import { useEffect, useState } from "react";
import { failureOf, type ShownFailure } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** What a person may do to a booking with one press; moving it has a page of its own. */
export type BookingAct = Extract<BookingEvent, "accept" | "decline" | "cancel" | "complete" | "markNoShow">;

/** A booking as it is now, and what may be done to it. What is done shows in every list that this tab keeps. */
export function useBooking(rendered: Booking, userId: string) {
  const { id } = rendered;
  const utils = trpc.useUtils();
  // The other side may answer, move or cancel it while one looks.
  const { data: booking } = trpc.bookings.byId.useQuery({ id }, { initialData: rendered, refetchInterval: 30_000 });
  const party: BookingParty = booking.hostId === userId ? "host" : "caller";
  const now = useMinute();
  const state = { status: booking.status, start: Date.parse(booking.start), end: Date.parse(booking.end) };

  const acts = {
    accept: trpc.bookings.accept.useMutation(),
    decline: trpc.bookings.decline.useMutation(),
    cancel: trpc.bookings.cancel.useMutation(),
    complete: trpc.bookings.complete.useMutation(),
    markNoShow: trpc.bookings.markNoShow.useMutation(),
  };
  /** @returns why not; null once it is done */
  const perform = async (act: BookingAct, reason?: string): Promise<ShownFailure | null> => {
    try {
      const changed = await acts[act].mutateAsync(reason ? { id, reason } : { id });
      utils.bookings.byId.setData({ id }, changed);
      void utils.bookings.agenda.invalidate();
      return null;
    } catch (error) {
      // It has become something else meanwhile: show what.
      void utils.bookings.byId.invalidate({ id });
      return failureOf(error);
    }
  };
  return {
    booking,
    party,
    perform,
    pending: (Object.keys(acts) as BookingAct[]).find((act) => acts[act].isPending) ?? null,
    may: (event: BookingEvent) => refusalOf(event, state, party, now) === null,
  };
}

function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
