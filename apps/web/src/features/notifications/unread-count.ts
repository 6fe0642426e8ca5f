"use client";
import { useEffect, useSyncExternalStore } from "react";

let latest: number | null = null;
const listeners = new Set<() => void>();

/** How much was not read, as last heard of by any part of the page; at first as the server had it. */
export function useUnreadCount(ofServer: number): number {
  // The header stays while pages change, and is drawn anew where the server knows better.
  useEffect(() => reportUnread(ofServer), [ofServer]);
  return useSyncExternalStore(
    subscribe,
    () => latest ?? ofServer,
    () => ofServer,
  );
}

export function reportUnread(count: number): void {
  latest = Math.max(0, count);
  for (const listener of listeners) listener();
}

/** Counts on from what is shown, for what was read here a moment ago; `undo` puts it back. */
export function takeFromUnread(count: number): { undo(): void } {
  const before = latest;
  if (before !== null) reportUnread(before - count);
  return {
    undo() {
      if (before !== null) reportUnread(before);
    },
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
