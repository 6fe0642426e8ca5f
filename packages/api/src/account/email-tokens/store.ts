import type { Database } from "@parley/db";
import type { EmailTokenPurpose } from "./rules";

export interface NewEmailToken {
  id: string;
  userId: string;
  purpose: EmailTokenPurpose;
  /** The address it is sent to; it proves or opens nothing of another. */
  email: string;
  hash: Uint8Array;
  createdAt: Date;
  expiresAt: Date;
}

export type EmailTokenStore = ReturnType<typeof createEmailTokenStore>;

/** The secrets behind links in mails; hashes alone are stored. */
export function createEmailTokenStore({ prisma }: Database) {
  return {
    async create({ hash, ...token }: NewEmailToken): Promise<void> {
      await prisma.emailToken.create({ data: { ...token, tokenHash: Buffer.from(hash) }, select: { id: true } });
    },

    async delete(id: string): Promise<void> {
      await prisma.emailToken.deleteMany({ where: { id } });
    },

    countSince(userId: string, purpose: EmailTokenPurpose, since: Date): Promise<number> {
      return prisma.emailToken.count({ where: { userId, purpose, createdAt: { gt: since } } });
    },

    async deleteExpired(now: Date): Promise<void> {
      await prisma.emailToken.deleteMany({ where: { expiresAt: { lte: now } } });
    },
  };
}
