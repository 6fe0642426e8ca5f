import type { Database } from "@parley/db";

/** What proves that it is the owner who asks. */
export interface OwnerFacts {
  email: string;
  username: string | null;
  passwordHash: string | null;
  /** When the session that asks began; null where none asks. */
  signedInAt: Date | null;
}

export type OwnershipStore = ReturnType<typeof createOwnershipStore>;

export function createOwnershipStore({ prisma }: Database) {
  return {
    /** Null where the account, or the session, has gone. */
    async find(userId: string, sessionId: string | null): Promise<OwnerFacts | null> {
      const user = await prisma.user.findUnique({
        where: { id: userId, deletedAt: null },
        select: {
          ...{ email: true, username: true, passwordHash: true },
          sessions: { where: { id: sessionId ?? undefined }, select: { createdAt: true }, take: 1 },
        },
      });
      if (user === null) return null;
      const { sessions, ...owner } = user;
      if (sessionId === null) return { ...owner, signedInAt: null };
      const [session] = sessions;
      return session === undefined ? null : { ...owner, signedInAt: session.createdAt };
    },
  };
}
