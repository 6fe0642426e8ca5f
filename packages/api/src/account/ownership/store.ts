import type { Database } from "@parley/db";

/** What proves that it is the owner who asks. */
export interface OwnerFacts {
  email: string;
  username: string | null;
  passwordHash: string | null;
  /** When the session that asks began. */
  signedInAt: Date;
}

export type OwnershipStore = ReturnType<typeof createOwnershipStore>;

export function createOwnershipStore({ prisma }: Database) {
  return {
    /** Null where the account, or the session, has gone. */
    async find(userId: string, sessionId: string): Promise<OwnerFacts | null> {
      const user = await prisma.user.findUnique({
        where: { id: userId, deletedAt: null },
        select: {
          ...{ email: true, username: true, passwordHash: true },
          sessions: { where: { id: sessionId }, select: { createdAt: true } },
        },
      });
      const session = user?.sessions[0];
      return user && session ? { ...user, signedInAt: session.createdAt } : null;
    },
  };
}
