"use client";
import { trpc } from "@/trpc/react";
import { sessionCheckInterval } from "./use-sessions";

/**
 * Asks now and then whether the session still lives, while somebody looks. Where it was ended elsewhere, the provider's
 * answer to `unauthorized` takes this browser to the sign-in page.
 */
export function SessionWatch() {
  trpc.account.sessions.useQuery({ perPage: 1 }, { refetchInterval: sessionCheckInterval, staleTime: 0 });
  return null;
}
