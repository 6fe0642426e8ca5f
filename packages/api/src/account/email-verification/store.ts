import type { Database, Transaction } from "@parley/db";
import type { Addressee } from "../email-tokens/service";
import type { Account } from "../schema";
import { lockUser } from "../sessions/store";
import { accountColumns, orderVerificationMail, toAccount } from "../store";
import { roleAfterVerification } from "./rules";

export type EmailVerificationStore = ReturnType<typeof createEmailVerificationStore>;

export function createEmailVerificationStore({ prisma }: Database) {
  return {
    /** Orders one more mail, unless the address is proven. */
    async requestMail(userId: string): Promise<void> {
      await prisma.$transaction(async (tx) => {
        if ((await findUnverified(tx, userId)) !== null) await orderVerificationMail(tx, userId);
      });
    },

    /** Null where the account is gone or its address proven. */
    findUnverified(userId: string): Promise<Addressee | null> {
      return findUnverified(prisma, userId);
    },

    /** Whom the token was sent to; null where it is worth nothing. */
    async findOwner(tokenHash: Uint8Array, now: Date): Promise<string | null> {
      return (await findToken(prisma, tokenHash, now))?.userId ?? null;
    },

    /**
     * Proves the address that the token was sent to, if it is still the account's. A link that is opened again, as mail
     * scanners do before their owners, finds the address proven and says so. Null: the token proves nothing.
     */
    redeem(tokenHash: Uint8Array, now: Date): Promise<Account | null> {
      return prisma.$transaction(async (tx) => {
        const found = await findToken(tx, tokenHash, now);
        if (found === null) return null;
        // What decides is read under the lock: two who redeem one token do so in turn.
        await lockUser(tx, found.userId);
        const token = await findToken(tx, tokenHash, now);
        if (token === null) return null;
        const user = await tx.user.findFirst({
          where: { id: token.userId, email: token.email, deletedAt: null },
          select: accountColumns,
        });
        if (user === null) return null;
        if (user.emailVerifiedAt !== null) return toAccount(user);
        if (token.usedAt !== null) return null;
        await tx.emailToken.update({ where: { id: token.id }, data: { usedAt: now }, select: { id: true } });
        const verified = await tx.user.update({
          where: { id: user.id },
          data: { emailVerifiedAt: now, role: roleAfterVerification(user.role) },
          select: accountColumns,
        });
        return toAccount(verified);
      });
    },
  };
}

function findToken(tx: Pick<Transaction, "emailToken">, tokenHash: Uint8Array, now: Date) {
  return tx.emailToken.findFirst({
    where: { tokenHash: Buffer.from(tokenHash), purpose: "verify_email", expiresAt: { gt: now } },
    select: { id: true, userId: true, email: true, usedAt: true },
  });
}

function findUnverified(tx: Pick<Transaction, "user">, userId: string): Promise<Addressee | null> {
  return tx.user.findFirst({
    where: { id: userId, emailVerifiedAt: null, deletedAt: null },
    select: { id: true, email: true, displayName: true },
  });
}
