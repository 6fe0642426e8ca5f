"use client";
import { SessionWatch } from "@/features/account/session-watch";
import { TrpcProvider } from "@/trpc/provider";

/** Notices an ended session on every page, also on those that otherwise call no procedure. */
export function WatchedSession() {
  return (
    <TrpcProvider>
      <SessionWatch />
    </TrpcProvider>
  );
}
