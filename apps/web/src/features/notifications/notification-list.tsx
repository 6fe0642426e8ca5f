"use client";
import type { NotificationPage, NotificationsRequest } from "@parley/api/schema/notifications";
import { useRef } from "react";
import { Button } from "@/components/button";
import { ListFilter } from "./list-filter";
import { NotificationRow } from "./notification-row";
import { useUnreadCount } from "./unread-count";
import { useNotifications } from "./use-notifications";

export interface NotificationListProps {
  query: NotificationsRequest;
  initial: NotificationPage;
  /** Of all pages. */
  unread: number;
}

/** What somebody was told, newest first. */
export function NotificationList({ query, initial, unread }: NotificationListProps) {
  const { items, markRead, markAllRead, isMarkingAll } = useNotifications(query, initial);
  const count = useUnreadCount(unread);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <>
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-4">
        <h1 ref={heading} tabIndex={-1} className="display text-2xl md:text-3xl">
          Notifications
        </h1>
        {count > 0 && (
          <Button
            isPending={isMarkingAll}
            onPress={() => {
              heading.current?.focus();
              markAllRead();
            }}
          >
            Mark all as read
          </Button>
        )}
      </div>
      <ListFilter query={query} unread={count} />
      {items.length === 0 ? (
        <Empty isUnreadOnly={query.unread === true} />
      ) : (
        <ul className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
          {items.map((notification) => (
            <li key={notification.id}>
              <NotificationRow notification={notification} markRead={() => markRead(notification.id)} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Empty({ isUnreadOnly }: { isUnreadOnly: boolean }) {
  return (
    <div className="rounded-lg border border-dashed border-control/60 px-6 py-16 text-center">
      <p className="display text-lg">{isUnreadOnly ? "Nothing unread" : "Nothing to tell yet"}</p>
      <p className="mx-auto mt-1 max-w-96 text-sm text-muted">
        {isUnreadOnly
          ? "You have read all that we told you."
          : "When a conversation is booked, moved or cancelled, or is about to begin, you find it here and in your mail."}
      </p>
    </div>
  );
}
