import "server-only";
import { usernameGrammar } from "@parley/api/rules/profile";
import type { PublicProfile } from "@parley/api/schema/profile";
import type { Route } from "next";
import { notFound, permanentRedirect } from "next/navigation";
import { cache } from "react";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/**
 * The host at an address. Other spellings and former names lead on to the one address that a host has; whatever is
 * nobody's is not found.
 */
export const readHost = cache(async (spelling: string): Promise<PublicProfile> => {
  const username = spelling.toLowerCase();
  if (!usernameGrammar.test(username)) notFound();
  if (username !== spelling) permanentRedirect(`/${username}` as Route);
  const found = await look(username);
  if (found === null) notFound();
  if (typeof found === "string") permanentRedirect(`/${found}` as Route);
  return found;
});

/** The host; the name they have now; or null. */
async function look(username: string): Promise<PublicProfile | string | null> {
  try {
    return await (await api()).profile.publicByUsername({ username });
  } catch (error) {
    const { code, details } = (await procedures()).toFailure(error);
    if (code === "moved" && details?.username) return details.username;
    if (code === "not_found") return null;
    throw error;
  }
}
