import { type NotificationsRequest, notificationsInput } from "@parley/api/schema/notifications";

/** What an address asks for, so many at once; what makes no sense is the first page of all. */
export function readListQuery(
  query: Record<string, string | string[] | undefined>,
  perPage: number,
): NotificationsRequest {
  const asked = notificationsInput.safeParse({
    unread: query.unread === "true" || undefined,
    page: query.page === undefined ? undefined : Number(query.page),
    perPage,
  });
  return asked.data ?? { page: 1, perPage };
}

/** The address of a list. */
export function listAddress({ unread = false, page = 1 }: Partial<NotificationsRequest>): string {
  const query = new URLSearchParams();
  if (unread) query.set("unread", "true");
  if (page > 1) query.set("page", String(page));
  return query.size === 0 ? "/notifications" : `/notifications?${query}`;
}
