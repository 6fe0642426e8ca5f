"use client";
import { useEffect } from "react";
import { reportUnread } from "@/features/notifications/unread-count";
import { client } from "@/trpc/client";
import { leaveIfSignedOut } from "@/trpc/signed-out";
import { sessionCheckInterval } from "./session-check";

/**
 * Asks now and then, while somebody looks, how much they have not read, on every page: also on those that otherwise call
 * no procedure. The answer shows in the header; where there is none, because the session was ended elsewhere, this
 * browser goes to the sign-in page.
 */
export function SessionWatch() {
  useEffect(() => {
    const ask = () => {
      if (document.hidden) return;
      client.notifications.unreadCount.query().then(({ count }) => reportUnread(count), leaveIfSignedOut);
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
