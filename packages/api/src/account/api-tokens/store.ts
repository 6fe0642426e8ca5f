import type { Database } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import type { Addressee } from "../email-tokens/service";
import { lockUser } from "../sessions/store";
import { forgetApiTokensBefore } from "./rules";

export interface NewToken {
  id: string;
  userId: string;
  name: string;
  hash: Uint8Array;
  hint: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
}

export interface StoredApiToken {
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export type CreateResult = "created" | "too_many" | "gone";

export type ApiTokenStore = ReturnType<typeof createApiTokenStore>;

/** Of tokens nothing but hashes. The row's removal is announced, so that every process refuses the token at once. */
export function createApiTokenStore({ prisma }: Database) {
  return {
    /** Orders the mail that tells of it. Under the account's lock: of those made at once none is one too many. */
    create({ hash, ...token }: NewToken, maxTokens: number): Promise<CreateResult> {
      const { id, userId, name } = token;
      return prisma.$transaction(async (tx) => {
        await lockUser(tx, userId);
        const isThere = await tx.user.count({ where: { id: userId, deletedAt: null, bannedAt: null } });
        if (isThere === 0) return "gone";
        if ((await tx.apiToken.count({ where: { userId } })) >= maxTokens) return "too_many";
        await tx.apiToken.create({ data: { ...token, tokenHash: Buffer.from(hash) }, select: { id: true } });
        await enqueue(tx, "account.sendApiTokenMail", { userId, name }, { jobKey: `account.sendApiTokenMail:${id}` });
        return "created";
      });
    },

    /** The newest first. */
    list(userId: string): Promise<StoredApiToken[]> {
      return prisma.apiToken.findMany({
        where: { userId },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        select: {
          ...{ id: true, name: true, hint: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true },
        },
      });
    },

    /** False where the person has no such token. */
    async end(userId: string, id: string): Promise<boolean> {
      const { count } = await prisma.apiToken.deleteMany({ where: { id, userId } });
      return count > 0;
    },

    findAddressee(userId: string): Promise<Addressee | null> {
      return prisma.user.findFirst({
        where: { id: userId, deletedAt: null },
        select: { id: true, email: true, displayName: true },
      });
    },

    async deleteExpired(now: Date): Promise<void> {
      await prisma.apiToken.deleteMany({ where: { expiresAt: { lt: forgetApiTokensBefore(now) } } });
    },
  };
}
