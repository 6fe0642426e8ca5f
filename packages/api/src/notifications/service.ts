import type { Actor } from "@parley/auth";
import { notFound } from "../errors";
import { forgetNotificationsBefore } from "./rules";
import type { NotificationPage, NotificationsRequest } from "./schema";
import type { NotificationStore } from "./store";

export interface NotificationDependencies {
  notifications: NotificationStore;
  clock(): Date;
}

/** What the caller was told, newest first. */
export async function listNotifications(
  deps: NotificationDependencies,
  actor: Actor,
  { unread = false, page, perPage }: NotificationsRequest,
): Promise<NotificationPage> {
  const range = { offset: (page - 1) * perPage, limit: perPage };
  const { items, total } = await deps.notifications.list(actor.userId, { isUnreadOnly: unread, ...range });
  return { items, page, perPage, total };
}

export async function countUnread(deps: NotificationDependencies, actor: Actor): Promise<{ count: number }> {
  return { count: await deps.notifications.countUnread(actor.userId) };
}

/** Once read, it stays so, and was read when it was read first. @throws not_found, also for another's. */
export async function markRead(deps: NotificationDependencies, actor: Actor, input: { id: string }): Promise<void> {
  if (!(await deps.notifications.markRead(actor.userId, input.id, deps.clock()))) throw notFound("Notification");
}

/** Job. */
export async function forgetOldNotifications(deps: NotificationDependencies): Promise<void> {
  await deps.notifications.deleteOld(forgetNotificationsBefore(deps.clock()));
}

export async function markAllRead(deps: NotificationDependencies, actor: Actor): Promise<void> {
  await deps.notifications.markAllRead(actor.userId, deps.clock());
}
