import type { Database, Transaction } from "@parley/db";
import { uniqueViolation } from "@parley/db/errors";
import { enqueue } from "@parley/db/jobs";
import type { Addressee } from "../email-tokens/service";
import { roleAfterVerification } from "../email-verification/rules";
import { endSessions, lockUser } from "../sessions/store";

export interface NewEmailChange {
  userId: string;
  oldEmail: string;
  newEmail: string;
  now: Date;
  expiresAt: Date;
}

export type ChangeResult = { outcome: "done"; email: string } | { outcome: "invalid" } | { outcome: "taken" };

type Purpose = "confirm_new_email" | "undo_email_change";

export type EmailChangeStore = ReturnType<typeof createEmailChangeStore>;

/** Changes of address. The account keeps its address until the new one is proven. */
export function createEmailChangeStore({ prisma }: Database) {
  return {
    find(userId: string, now: Date): Promise<{ newEmail: string; expiresAt: Date } | null> {
      return prisma.emailChange.findFirst({
        where: { userId, expiresAt: { gt: now } },
        select: { newEmail: true, expiresAt: true },
      });
    },

    async isTaken(email: string): Promise<boolean> {
      return (await prisma.user.count({ where: { email } })) > 0;
    },

    /** Replaces a change that waits, whose link dies, and orders both mails. False where the account has gone. */
    request({ userId, oldEmail, newEmail, now, expiresAt }: NewEmailChange): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        await lockUser(tx, userId);
        if ((await tx.user.count({ where: { id: userId, email: oldEmail, deletedAt: null } })) === 0) return false;
        await useUp(tx, userId, ["confirm_new_email"], now);
        const change = { newEmail, requestedAt: now, expiresAt };
        await tx.emailChange.upsert({ where: { userId }, create: { userId, ...change }, update: change });
        const jobKey = `account.sendNewEmailMail:${userId}`;
        await enqueue(tx, "account.sendNewEmailMail", { userId }, { jobKey });
        await enqueue(tx, "account.sendEmailChangeNotice", { userId, oldEmail });
        return true;
      });
    },

    async cancel(userId: string, now: Date): Promise<void> {
      await prisma.$transaction(async (tx) => {
        await lockUser(tx, userId);
        await forget(tx, userId, now);
      });
    },

    /** Whom the mail to the new address is for; null where no change waits any more. */
    async findNewAddressee(userId: string, now: Date): Promise<Addressee | null> {
      const change = await prisma.emailChange.findFirst({
        where: { userId, expiresAt: { gt: now }, user: { deletedAt: null } },
        select: { newEmail: true, user: { select: { displayName: true } } },
      });
      return change && { id: userId, email: change.newEmail, displayName: change.user.displayName };
    },

    async findName(userId: string): Promise<string | null> {
      const user = await prisma.user.findFirst({
        where: { id: userId, deletedAt: null },
        select: { displayName: true },
      });
      return user?.displayName ?? null;
    },

    /** The link was sent to the new address, so that opening it proves it. */
    confirm(tokenHash: Uint8Array, now: Date): Promise<ChangeResult> {
      return byToken("confirm_new_email", tokenHash, now, async (tx, { userId, email }) => {
        const change = await tx.emailChange.count({ where: { userId, newEmail: email, expiresAt: { gt: now } } });
        if (change === 0) return false;
        await moveTo(tx, userId, email, now);
        await forget(tx, userId, now);
        return true;
      });
    },

    /** The link was sent to the old address, so that opening it proves that. Whoever is signed in may be a thief. */
    undo(tokenHash: Uint8Array, now: Date): Promise<ChangeResult> {
      return byToken("undo_email_change", tokenHash, now, async (tx, { userId, email, createdAt }) => {
        await moveTo(tx, userId, email, now);
        await forget(tx, userId, now);
        await useUp(tx, userId, ["undo_email_change"], now);
        // A thief who comes back by an account elsewhere would not have been shown out.
        await tx.identity.deleteMany({ where: { userId, createdAt: { gte: createdAt } } });
        await endSessions(tx, userId, now);
        await tx.apiToken.deleteMany({ where: { userId } });
        return true;
      });
    },
  };

  /** Finds what a link stands for, and acts on it under the account's lock: of two who open it, one after the other. */
  async function byToken(
    purpose: Purpose,
    tokenHash: Uint8Array,
    now: Date,
    act: (tx: Transaction, token: { userId: string; email: string; createdAt: Date }) => Promise<boolean>,
  ): Promise<ChangeResult> {
    const find = (tx: Pick<Transaction, "emailToken">) =>
      tx.emailToken.findFirst({
        where: {
          tokenHash: Buffer.from(tokenHash),
          purpose,
          usedAt: null,
          expiresAt: { gt: now },
          user: { deletedAt: null },
        },
        select: { userId: true, email: true, createdAt: true },
      });
    try {
      return await prisma.$transaction(async (tx): Promise<ChangeResult> => {
        const found = await find(tx);
        if (found === null) return { outcome: "invalid" };
        await lockUser(tx, found.userId);
        const token = await find(tx);
        if (token === null || !(await act(tx, token))) return { outcome: "invalid" };
        return { outcome: "done", email: token.email };
      });
    } catch (error) {
      if (uniqueViolation(error) === "users_email_key") return { outcome: "taken" };
      throw error;
    }
  }
}

/** The address is proven by the link that leads here, and so may raise the role. */
async function moveTo(tx: Transaction, userId: string, email: string, now: Date): Promise<void> {
  const { role } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true } });
  await tx.user.update({
    where: { id: userId },
    data: { email, emailVerifiedAt: now, role: roleAfterVerification(role) },
    select: { id: true },
  });
}

async function forget(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx.emailChange.deleteMany({ where: { userId } });
  await useUp(tx, userId, ["confirm_new_email"], now);
}

async function useUp(tx: Transaction, userId: string, purposes: Purpose[], now: Date): Promise<void> {
  await tx.emailToken.updateMany({
    where: { userId, purpose: { in: purposes }, usedAt: null },
    data: { usedAt: now },
  });
}
