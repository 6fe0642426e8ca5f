"use client";
import { Bell as BellIcon } from "lucide-react";
import Link from "next/link";
import { useUnreadCount } from "./unread-count";

/** The way to what one was told, and how much of it is new. */
export function Bell({ unread }: { unread: number }) {
  const count = useUnreadCount(unread);
  return (
    <Link
      href="/notifications"
      prefetch={false}
      className="relative flex size-9 items-center justify-center rounded-full text-ink hover:bg-sunken"
    >
      <span className="sr-only">{count === 0 ? "Notifications" : `Notifications, ${count} unread`}</span>
      <BellIcon aria-hidden="true" strokeWidth={1.5} className="size-5" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0 left-4.5 min-w-4.5 rounded-full border-2 border-paper bg-accent px-1 text-center text-xs leading-3.5 font-medium text-on-accent tabular-nums"
        >
          {count > 99 ? "99+" : count}
        </span>
      )}
    </Link>
  );
}
