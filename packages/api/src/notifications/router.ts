import { noInput, nothing } from "../primitives";
import { router, signedIn } from "../trpc";
import { markReadInput, notificationPage, notificationsInput, unreadCount } from "./schema";
import { countUnread, listNotifications, markAllRead, markRead } from "./service";

export const notificationsRouter = router({
  list: signedIn({ summary: "List what the signed-in user was told, newest first" })
    .input(notificationsInput)
    .output(notificationPage)
    .query(({ ctx, input }) => listNotifications(ctx.deps, ctx.actor, input)),

  unreadCount: signedIn({ summary: "Count the notifications that were not read" })
    .input(noInput)
    .output(unreadCount)
    .query(({ ctx }) => countUnread(ctx.deps, ctx.actor)),

  markRead: signedIn({ summary: "Mark a notification as read", errors: ["not_found"] })
    .input(markReadInput)
    .output(nothing)
    .mutation(({ ctx, input }) => markRead(ctx.deps, ctx.actor, input)),

  markAllRead: signedIn({ summary: "Mark all notifications as read" })
    .input(noInput)
    .output(nothing)
    .mutation(({ ctx }) => markAllRead(ctx.deps, ctx.actor)),
});
