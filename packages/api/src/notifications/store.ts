import type { Database } from "@parley/db";
import { type Notification, notificationData, notificationType } from "./schema";

export type NotificationStore = ReturnType<typeof createNotificationStore>;

interface Listing {
  isUnreadOnly: boolean;
  offset: number;
  limit: number;
}

const columns = { id: true, type: true, title: true, body: true, data: true, readAt: true, createdAt: true } as const;

export function createNotificationStore({ prisma }: Database) {
  return {
    /** Newest first. */
    async list(userId: string, { isUnreadOnly, offset, limit }: Listing) {
      const where = { userId, ...(isUnreadOnly && { readAt: null }) };
      const [rows, total] = await Promise.all([
        prisma.notification.findMany({
          where,
          select: columns,
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          skip: offset,
          take: limit,
        }),
        prisma.notification.count({ where }),
      ]);
      return { items: rows.map(toNotification), total };
    },

    countUnread(userId: string): Promise<number> {
      return prisma.notification.count({ where: { userId, readAt: null } });
    },

    /** False where this user was told no such thing. */
    async markRead(userId: string, id: string, now: Date): Promise<boolean> {
      const { count } = await prisma.notification.updateMany({
        where: { id, userId, readAt: null },
        data: { readAt: now },
      });
      return count === 1 || (await prisma.notification.count({ where: { id, userId } })) === 1;
    },

    async markAllRead(userId: string, now: Date): Promise<void> {
      await prisma.notification.updateMany({ where: { userId, readAt: null }, data: { readAt: now } });
    },

    async deleteOld({ readBefore, writtenBefore }: { readBefore: Date; writtenBefore: Date }): Promise<void> {
      await prisma.notification.deleteMany({
        where: { OR: [{ readAt: { lt: readBefore } }, { createdAt: { lt: writtenBefore } }] },
      });
    },
  };
}

interface NotificationRow {
  id: string;
  type: string;
  title: string;
  body: string;
  data: unknown;
  readAt: Date | null;
  createdAt: Date;
}

function toNotification({ type, data, readAt, createdAt, ...row }: NotificationRow): Notification {
  return {
    ...row,
    type: notificationType.parse(type),
    data: notificationData.parse(data),
    read: readAt !== null,
    createdAt: createdAt.toISOString(),
  };
}

/**
 * Tells a host of a new follower, in the very statement that makes them one: part of a `WITH` after `followed`, which
 * holds the new row of follows. `id` is the parameter that brings the notification's. Whoever leaves and comes back is
 * told of once.
 */
export function tellOfFollower(id: `$${number}`): string {
  return `INSERT INTO notifications (id, user_id, type, title, body, data, cause)
    SELECT ${id}::uuid, host.id, 'follow_new', person.display_name || ' follows you', '',
      jsonb_strip_nulls(jsonb_build_object('personId', person.id, 'username', person.username)), 'follow:' || person.id
    FROM followed
      JOIN users host ON host.id = followed.followed_id AND host.role = 'host'
      JOIN users person ON person.id = followed.follower_id
    ON CONFLICT (user_id, cause) DO NOTHING`;
}
