import "server-only";
import { usernameGrammar } from "@parley/api/rules/profile";
import type { BookingOptions } from "@parley/api/schema/schedule/openings";
import type { Route } from "next";
import { notFound, permanentRedirect } from "next/navigation";
import { cache } from "react";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/** How the host at an address may be booked. Other spellings and former names lead on, as on the host's own page. */
export const readOptions = cache(async (spelling: string): Promise<BookingOptions> => {
  const username = spelling.toLowerCase();
  if (!usernameGrammar.test(username)) notFound();
  if (username !== spelling) permanentRedirect(`/${username}/book` as Route);
  const found = await look(username);
  if (found === null) notFound();
  if (typeof found === "string") permanentRedirect(`/${found}/book` as Route);
  return found;
});

/** The options; the name that the host has now; or null. */
async function look(username: string): Promise<BookingOptions | string | null> {
  try {
    return await (await api()).schedule.bookingOptions({ username });
  } catch (error) {
    const { code, details } = (await procedures()).toFailure(error);
    if (code === "moved" && details?.username) return details.username;
    if (code === "not_found") return null;
    throw error;
  }
}
