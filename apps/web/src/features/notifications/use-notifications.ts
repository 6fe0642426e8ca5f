"use client";
import type { NotificationPage, NotificationsRequest } from "@parley/api/schema/notifications";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { reportUnread, takeFromUnread } from "./unread-count";

/**
 * A page of what one was told. What is marked as read looks so at once, and stays where it is, also among the unread
 * alone: nothing moves under the pointer. Where it could not be marked it is as it was, with a message.
 */
export function useNotifications(query: NotificationsRequest, initial: NotificationPage) {
  const utils = trpc.useUtils();
  const { data: page = initial } = trpc.notifications.list.useQuery(query, {
    initialData: initial,
    refetchOnWindowFocus: false,
  });

  async function showAsRead(isConcerned: (id: string) => boolean) {
    await utils.notifications.list.cancel(query);
    const before = utils.notifications.list.getData(query);
    const items = (before ?? initial).items.map((item) => (isConcerned(item.id) ? { ...item, read: true } : item));
    utils.notifications.list.setData(query, { ...(before ?? initial), items });
    return before;
  }
  function showAsBefore(error: unknown, before: NotificationPage | undefined) {
    utils.notifications.list.setData(query, before);
    toast.error(failureOf(error).message, { description: "Nothing was marked as read." });
  }

  const one = trpc.notifications.markRead.useMutation({
    onMutate: async ({ id }) => ({ before: await showAsRead((shown) => shown === id), count: takeFromUnread(1) }),
    onError: (error, _, kept) => {
      kept?.count.undo();
      showAsBefore(error, kept?.before);
    },
  });
  const all = trpc.notifications.markAllRead.useMutation({
    onMutate: async () => ({ before: await showAsRead(() => true) }),
    onSuccess: () => {
      reportUnread(0);
      toast.success("All notifications are marked as read.");
    },
    onError: (error, _, kept) => showAsBefore(error, kept?.before),
  });

  return {
    items: page.items,
    markRead: (id: string) => one.mutate({ id }),
    markAllRead: () => all.mutate(),
    isMarkingAll: all.isPending,
  };
}
