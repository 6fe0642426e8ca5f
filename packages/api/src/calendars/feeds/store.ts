import type { Database } from "@parley/db";
import type { Party } from "../rules";

/** A token as the database may have it: found by its hash, shown again by its owner alone. */
export interface StoredToken {
  tokenHash: Uint8Array<ArrayBuffer>;
  sealedToken: Uint8Array<ArrayBuffer>;
}

export type FeedStore = ReturnType<typeof createFeedStore>;

export function createFeedStore({ prisma }: Database) {
  return {
    /** The sealed token of one party; `candidate` where there was none. Of several at once, one is kept. */
    async findOrCreate(userId: string, party: Party, candidate: StoredToken): Promise<Uint8Array> {
      await prisma.calendarFeed.createMany({ data: [{ userId, party, ...candidate }], skipDuplicates: true });
      const { sealedToken } = await prisma.calendarFeed.findUniqueOrThrow({
        where: { userId_party: { userId, party } },
        select: { sealedToken: true },
      });
      return sealedToken;
    },

    /** From now on the former token leads nowhere. */
    async replace(userId: string, party: Party, token: StoredToken): Promise<void> {
      const data = { ...token, createdAt: new Date() };
      await prisma.calendarFeed.upsert({
        where: { userId_party: { userId, party } },
        create: { userId, party, ...data },
        update: data,
        select: { party: true },
      });
    },

    /** Whose bookings a token shows; null for one that was never given, or is no more. */
    async findOwner(tokenHash: Uint8Array<ArrayBuffer>): Promise<{ userId: string; party: Party } | null> {
      return prisma.calendarFeed.findFirst({
        where: { tokenHash, user: { deletedAt: null } },
        select: { userId: true, party: true },
      });
    },
  };
}
