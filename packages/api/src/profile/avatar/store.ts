import type { Database } from "@parley/db";
import { enqueue } from "@parley/db/jobs";

export type AvatarStore = ReturnType<typeof createAvatarStore>;

/** A locked row waits for the object store, which may be slow. */
const patience = { timeout: 30_000 };

export function createAvatarStore({ prisma }: Database) {
  return {
    /**
     * Makes the profile show this object (null: none) and, in the same transaction, orders the old one's removal.
     * `ensureStored` runs while the row is locked: between it and the commit no clean-up can take the object away.
     */
    async point(userId: string, key: string | null, ensureStored?: () => Promise<void>): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const [before] = await tx.$queryRaw<{ avatar_key: string | null }[]>`
          SELECT avatar_key FROM users WHERE id = ${userId}::uuid AND deleted_at IS NULL FOR UPDATE`;
        if (before === undefined) return false;
        await ensureStored?.();
        if (before.avatar_key === key) return true;
        await tx.user.update({ where: { id: userId }, data: { avatarKey: key }, select: { id: true } });
        if (before.avatar_key !== null)
          await enqueue(tx, "profile.deleteReplacedAvatar", { userId, key: before.avatar_key });
        return true;
      }, patience);
    },

    /** Runs `act` while the row is locked, so that nobody can point to the object again meanwhile. */
    async whileNotShown(userId: string, key: string, act: () => Promise<void>): Promise<void> {
      await prisma.$transaction(async (tx) => {
        const [user] = await tx.$queryRaw<{ avatar_key: string | null }[]>`
          SELECT avatar_key FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
        if (user?.avatar_key !== key) await act();
      }, patience);
    },
  };
}
