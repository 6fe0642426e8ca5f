import "server-only";
import type { Actor } from "@parley/auth";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { dependencies } from "@/server/dependencies";
import { authOptions } from "./options";

/** Who is signed in, as the database has it now: an ended session is nobody's, whatever the cookie says. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const session = await getServerSession(await authOptions());
  if (session === null || !session.sessionId) return null;
  return (await dependencies()).auth.resume(session.sessionId);
});
