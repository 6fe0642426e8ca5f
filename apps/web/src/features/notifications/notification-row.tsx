"use client";
import type { Notification, NotificationType } from "@parley/api/schema/notifications";
import { clsx } from "clsx";
import { AlarmClock, CalendarCheck, CalendarClock, CalendarPlus, CalendarX, UserPlus } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useRef } from "react";
import { Button } from "@/components/button";
import { LocalTime } from "@/components/local-time";

const icons: Record<NotificationType, typeof AlarmClock> = {
  booking_requested: CalendarPlus,
  booking_confirmed: CalendarCheck,
  booking_declined: CalendarX,
  booking_cancelled: CalendarX,
  booking_expired: CalendarX,
  booking_rescheduled: CalendarClock,
  booking_reminder: AlarmClock,
  follow_new: UserPlus,
};

/** One thing that somebody was told, and the way to what it is about. */
export function NotificationRow({ notification, markRead }: { notification: Notification; markRead(): void }) {
  const { type, title, body, data, read, createdAt } = notification;
  const link = useRef<HTMLAnchorElement>(null);
  const Icon = icons[type];
  const href = data.bookingId === undefined ? "/dashboard" : `/bookings/${data.bookingId}`;
  return (
    <div className="flex gap-4 p-4">
      <Icon
        aria-hidden="true"
        strokeWidth={1.5}
        className={clsx("mt-0.5 size-5 shrink-0", read ? "text-muted" : "text-accent")}
      />
      <div className="min-w-0 flex-1 space-y-1">
        <p className={clsx("wrap-anywhere", read ? "text-muted" : "font-medium")}>
          {!read && <span className="sr-only">Unread: </span>}
          <Link
            ref={link}
            href={href as Route}
            onClick={() => {
              if (!read) markRead();
            }}
            className="underline-offset-4 hover:underline"
          >
            {title}
          </Link>
        </p>
        <div className="text-sm text-muted">
          {data.start === undefined ? (
            body
          ) : (
            <p>
              <LocalTime instant={data.start} />
            </p>
          )}
          {data.reason !== undefined && <p className="whitespace-pre-line wrap-anywhere">“{data.reason}”</p>}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
          <LocalTime instant={createdAt} look="ago" />
          {!read && (
            <Button
              tone="quiet"
              size="small"
              className="-mx-3"
              aria-label={`Mark as read: ${title}`}
              onPress={() => {
                // The button goes; whoever came by keyboard stays at what they read.
                link.current?.focus();
                markRead();
              }}
            >
              Mark as read
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
