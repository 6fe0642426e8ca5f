import type { Database, Transaction } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import { passOnOrganizations } from "../../organizations/succession/store";
import { endDoings, isLastAdministrator } from "../closing/store";
import { lockUser } from "../sessions/store";

export type BanResult = "banned" | "banned_already" | "last_administrator" | "not_found";
export type UnbanResult = "unbanned" | "not_banned" | "not_found";

/** Whom to tell, and how their account stands by now. */
export interface BanNotice {
  email: string;
  displayName: string;
  isBanned: boolean;
  reason: string | null;
}

export type BanStore = ReturnType<typeof createBanStore>;

export function createBanStore({ prisma }: Database) {
  return {
    /** Closes the account at once, as its owner could, but that only an administrator opens it again. */
    ban({ userId, reason }: { userId: string; reason: string | null }, now: Date): Promise<BanResult> {
      return prisma.$transaction(async (tx) => {
        if (await isLastAdministrator(tx, userId)) return "last_administrator";
        await lockUser(tx, userId);
        const { count } = await tx.user.updateMany({
          where: { id: userId, bannedAt: null, deletedAt: null },
          data: { bannedAt: now, banReason: reason, isAvailable: false },
        });
        if (count === 0)
          return (await tx.user.count({ where: isBanned(userId) })) === 1 ? "banned_already" : "not_found";
        await endDoings(tx, userId, now);
        await enqueue(tx, "bookings.cancelAllOf", { userId });
        await orderMail(tx, userId);
        return "banned";
      });
    },

    unban(userId: string): Promise<UnbanResult> {
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.user.updateMany({
          where: isBanned(userId),
          data: { bannedAt: null, banReason: null },
        });
        if (count === 1) {
          await passOnOrganizations(tx, userId);
          await orderMail(tx, userId);
          return "unbanned";
        }
        return (await tx.user.count({ where: { id: userId, deletedAt: null } })) === 1 ? "not_banned" : "not_found";
      });
    },

    /** Null where the account has gone, or its owner has closed it. */
    async findNotice(userId: string): Promise<BanNotice | null> {
      const row = await prisma.user.findFirst({
        where: { id: userId, purgeAt: null },
        select: { email: true, displayName: true, bannedAt: true, banReason: true },
      });
      if (row === null) return null;
      return { email: row.email, displayName: row.displayName, isBanned: row.bannedAt !== null, reason: row.banReason };
    },
  };
}

/** One mail waits at most, and tells how the account stands when it is sent. */
async function orderMail(tx: Transaction, userId: string): Promise<void> {
  await enqueue(tx, "account.sendBanMail", { userId }, { jobKey: `account.sendBanMail:${userId}` });
}

function isBanned(id: string) {
  return { id, bannedAt: { not: null } };
}
