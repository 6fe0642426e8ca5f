import type { Database, Transaction } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import type { Addressee } from "../email-tokens/service";
import { endSessions, lockUser } from "../sessions/store";

export interface PasswordReset {
  tokenHash: Uint8Array;
  passwordHash: string;
  now: Date;
}

export interface PasswordChange {
  userId: string;
  /** The hash that the present password was checked against. */
  oldHash: string;
  newHash: string;
  /** The one session that lives on; null: none does. */
  keptSessionId: string | null;
  now: Date;
}

export type PasswordStore = ReturnType<typeof createPasswordStore>;

export function createPasswordStore({ prisma }: Database) {
  return {
    /** The same write for every address, so that nothing tells which have an account; a waiting mail is the one. */
    requestReset(email: string): Promise<void> {
      return prisma.$transaction(async (tx) => {
        await enqueue(
          tx,
          "account.sendPasswordResetMail",
          { email },
          { jobKey: `account.sendPasswordResetMail:${email}` },
        );
      });
    },

    findByEmail(email: string): Promise<Addressee | null> {
      return prisma.user.findFirst({ where: { email, deletedAt: null }, select: addresseeColumns });
    },

    findById(id: string): Promise<Addressee | null> {
      return prisma.user.findFirst({ where: { id, deletedAt: null }, select: addresseeColumns });
    },

    /** Undefined where the account is gone, null where it has no password. */
    async findHash(userId: string): Promise<string | null | undefined> {
      const row = await prisma.user.findFirst({
        where: { id: userId, deletedAt: null },
        select: { passwordHash: true },
      });
      return row?.passwordHash;
    },

    async isResetToken(tokenHash: Uint8Array, now: Date): Promise<boolean> {
      return (await findResetToken(prisma, tokenHash, now)) !== null;
    },

    /**
     * Sets the password, uses up every reset link of its owner, and ends every session and API token: whoever had the
     * account may have made one. False: no such link any more.
     */
    reset({ tokenHash, passwordHash, now }: PasswordReset): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const token = await findResetToken(tx, tokenHash, now);
        if (token === null) return false;
        await lockUser(tx, token.userId);
        // Whoever was before us at the lock may have used up this link.
        if ((await findResetToken(tx, tokenHash, now)) === null) return false;
        const { count } = await tx.user.updateMany({
          where: { id: token.userId, email: token.email, deletedAt: null },
          data: { passwordHash },
        });
        if (count === 0) return false;
        await tx.apiToken.deleteMany({ where: { userId: token.userId } });
        await finishChange(tx, token.userId, now, null);
        return true;
      });
    },

    /** False where the password is no longer the one that was checked. */
    change({ userId, oldHash, newHash, keptSessionId, now }: PasswordChange): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.user.updateMany({
          where: { id: userId, passwordHash: oldHash, deletedAt: null },
          data: { passwordHash: newHash },
        });
        if (count === 0) return false;
        await finishChange(tx, userId, now, keptSessionId);
        return true;
      });
    },
  };
}

const addresseeColumns = { id: true, email: true, displayName: true } as const;

function findResetToken(tx: Pick<Transaction, "emailToken">, tokenHash: Uint8Array, now: Date) {
  return tx.emailToken.findFirst({
    where: { tokenHash: Buffer.from(tokenHash), purpose: "reset_password", usedAt: null, expiresAt: { gt: now } },
    select: { userId: true, email: true },
  });
}

/** What follows from every new password: older reset links die, sessions end, the owner is told. */
async function finishChange(tx: Transaction, userId: string, now: Date, keptSessionId: string | null): Promise<void> {
  await tx.emailToken.updateMany({
    where: { userId, purpose: "reset_password", usedAt: null },
    data: { usedAt: now },
  });
  await endSessions(tx, userId, now, keptSessionId);
  await enqueue(tx, "account.sendPasswordChangedMail", { userId });
}
