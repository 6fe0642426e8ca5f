"use client";
import { useEffect } from "react";
import { client } from "@/trpc/client";
import { leaveIfSignedOut } from "@/trpc/signed-out";
import { sessionCheckInterval } from "./session-check";

/**
 * Asks now and then whether the session still lives, while somebody looks, on every page: also on those that otherwise
 * call no procedure. Where it was ended elsewhere, this browser goes to the sign-in page.
 */
export function SessionWatch() {
  useEffect(() => {
    const ask = () => {
      if (!document.hidden) client.account.sessions.query({ perPage: 1 }).catch(leaveIfSignedOut);
    };
    ask();
    const timer = setInterval(ask, sessionCheckInterval);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, []);
  return null;
}
