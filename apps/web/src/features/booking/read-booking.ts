import "server-only";
import { type Booking, bookingInput } from "@parley/api/schema/bookings";
import { notFound } from "next/navigation";
import { cache } from "react";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/** A booking of whoever is signed in; anyone else's, like none, is not found. */
export const readBooking = cache(async (id: string): Promise<Booking> => {
  const asked = bookingInput.safeParse({ id });
  if (!asked.success) notFound();
  try {
    return await (await api()).bookings.byId(asked.data);
  } catch (error) {
    if ((await procedures()).toFailure(error).code === "not_found") notFound();
    throw error;
  }
});
