import type { Database, Transaction } from "@parley/db";
import { uniqueViolation } from "@parley/db/errors";
import { enqueue } from "@parley/db/jobs";
import type { Account } from "./schema";
import { insertSession, type NewSession } from "./sessions/store";

export interface NewAccount {
  id: string;
  email: string;
  passwordHash: string;
  displayName: string;
  createdAt: Date;
}

export interface Credentials {
  account: Account;
  /** Null where the account has no password. */
  passwordHash: string | null;
  /** Null where the account is not banned. */
  ban: { reason: string | null } | null;
}

export type AccountStore = ReturnType<typeof createAccountStore>;

export function createAccountStore({ prisma }: Database) {
  return {
    /** Makes the account and its first session, and orders the mail that verifies its address. Null: address taken. */
    async create(account: NewAccount, session: NewSession): Promise<Account | null> {
      try {
        return await prisma.$transaction(async (tx) => {
          const row = await tx.user.create({ data: account, select: accountColumns });
          await insertSession(tx, account.id, session);
          await orderVerificationMail(tx, account.id);
          return toAccount(row);
        });
      } catch (error) {
        if (uniqueViolation(error) === "users_email_key") return null;
        throw error;
      }
    },

    async findCredentials(email: string): Promise<Credentials | null> {
      const row = await prisma.user.findFirst({
        where: { email, OR: [{ deletedAt: null }, { bannedAt: { not: null } }] },
        select: { ...accountColumns, passwordHash: true, bannedAt: true, banReason: true },
      });
      if (row === null) return null;
      const ban = row.bannedAt === null ? null : { reason: row.banReason };
      return { account: toAccount(row), passwordHash: row.passwordHash, ban };
    },
  };
}

/** One mail waits at most, however often it is ordered. */
export async function orderVerificationMail(tx: Transaction, userId: string): Promise<void> {
  await enqueue(tx, "account.sendVerificationMail", { userId }, { jobKey: `account.sendVerificationMail:${userId}` });
}

export const accountColumns = {
  id: true,
  email: true,
  displayName: true,
  role: true,
  emailVerifiedAt: true,
  createdAt: true,
} as const;

interface AccountRow {
  id: string;
  email: string;
  displayName: string;
  role: Account["role"];
  emailVerifiedAt: Date | null;
  createdAt: Date;
}

export function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    displayName: row.displayName,
    role: row.role,
    emailVerified: row.emailVerifiedAt !== null,
    createdAt: row.createdAt.toISOString(),
  };
}
