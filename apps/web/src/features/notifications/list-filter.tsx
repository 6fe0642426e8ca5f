import type { NotificationsRequest } from "@parley/api/schema/notifications";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { listAddress } from "./list-query";

/** All, or the unread alone. Links: each list has its own address. */
export function ListFilter({ query, unread }: { query: NotificationsRequest; unread: number }) {
  const lists = [
    { isUnreadOnly: false, label: "All" },
    { isUnreadOnly: true, label: unread === 0 ? "Unread" : `Unread (${unread})` },
  ];
  return (
    <nav aria-label="Which notifications" className="border-b border-hairline">
      <ul className="flex gap-6">
        {lists.map(({ isUnreadOnly, label }) => {
          const isHere = (query.unread ?? false) === isUnreadOnly;
          return (
            <li key={String(isUnreadOnly)}>
              <Link
                href={listAddress({ unread: isUnreadOnly }) as Route}
                aria-current={isHere ? "page" : undefined}
                className={clsx(
                  "-mb-px block border-b-2 py-2.5 text-sm -outline-offset-2",
                  isHere ? "border-accent font-medium" : "border-transparent text-muted hover:text-ink",
                )}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
