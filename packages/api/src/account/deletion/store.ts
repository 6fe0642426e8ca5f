import type { Database, Transaction } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import { bidFarewell, type Farewell } from "../../notifications/farewells/store";
import { leaveAllOrganizations, passOnOrganizations } from "../../organizations/succession/store";
import { endDoings, isLastAdministrator } from "../closing/store";
import type { Addressee } from "../email-tokens/service";
import { lockUser } from "../sessions/store";

export type DeletionResult = "deleted" | "last_administrator" | "gone";

/** What of a person lies outside the database. */
export interface PersonObjects {
  prefix: string;
  keys: string[];
}

export type DeletionStore = ReturnType<typeof createDeletionStore>;

export function createDeletionStore({ prisma }: Database) {
  return {
    /** Hides the person from everyone at once, and orders what is to follow. */
    markDeleted(userId: string, { now, purgeAt }: { now: Date; purgeAt: Date }): Promise<DeletionResult> {
      return prisma.$transaction(async (tx) => {
        if (await isLastAdministrator(tx, userId)) return "last_administrator";
        await lockUser(tx, userId);
        const { count } = await tx.user.updateMany({
          where: { id: userId, deletedAt: null },
          data: { deletedAt: now, purgeAt, isAvailable: false },
        });
        if (count === 0) return "gone";
        await endDoings(tx, userId, now);
        // Where all goes at once, the purge itself tells those whom bookings leave behind.
        if (purgeAt > now) {
          await enqueue(tx, "bookings.cancelAllOf", { userId });
          await enqueue(tx, "account.sendDeletionMail", { userId });
        }
        await enqueue(tx, "account.purge", { userId }, { runAt: purgeAt, jobKey: `account.purge:${userId}` });
        return "deleted";
      });
    },

    findDeleted(userId: string): Promise<Addressee | null> {
      return prisma.user.findFirst({
        where: { id: userId, purgeAt: { not: null } },
        select: { id: true, email: true, displayName: true },
      });
    },

    /** False where the link is not valid, or the account has gone for good. */
    restore(tokenHash: Uint8Array, now: Date): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const token = await tx.emailToken.findFirst({
          where: {
            tokenHash: Buffer.from(tokenHash),
            purpose: "restore_account",
            usedAt: null,
            expiresAt: { gt: now },
          },
          select: { userId: true },
        });
        if (token === null) return false;
        await lockUser(tx, token.userId);
        const { count } = await tx.user.updateMany({
          where: { id: token.userId, purgeAt: { gt: now } },
          data: { deletedAt: null, purgeAt: null },
        });
        if (count === 0) return false;
        await passOnOrganizations(tx, token.userId);
        await tx.emailToken.updateMany({
          where: { userId: token.userId, purpose: "restore_account", usedAt: null },
          data: { usedAt: now },
        });
        await tx.$executeRaw`SELECT graphile_worker.remove_job(${`account.purge:${token.userId}`})`;
        return true;
      });
    },

    /**
     * Removes every row of a person whose time has come, and orders the removal of their objects in the same transaction.
     * Safe to repeat; does nothing to a person who came back. `farewells` are for the others of bookings that go with it.
     */
    purge(userId: string, now: Date, farewells: readonly Farewell[]): Promise<void> {
      return prisma.$transaction(async (tx) => {
        const others = farewells.map(({ notice }) => notice.userId);
        // One by one: what people leave with each other, as follows and what was told of them, goes with either.
        await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('account.purge'))::text`;
        await lockAway(tx, userId, others);
        const due = await tx.user.findFirst({ where: { id: userId, purgeAt: { lte: now } }, select: { email: true } });
        if (due === null) return;
        const documents = await tx.ageVerification.findMany({
          where: { userId, documentKey: { not: null } },
          select: { documentKey: true },
        });
        const keys = documents.flatMap(({ documentKey }) => documentKey ?? []);
        // What others were told of this person goes too, and answers to calls that they made.
        await tx.$executeRaw`DELETE FROM notifications WHERE cause LIKE ${`%${userId}%`}
          OR data->>'bookingId' IN (
            SELECT id::text FROM bookings WHERE host_id = ${userId}::uuid OR caller_id = ${userId}::uuid)`;
        await bidFarewell(tx, farewells, now);
        await tx.idempotencyRecord.deleteMany({ where: { scope: { startsWith: `user:${userId} ` } } });
        await tx.organizationInvitation.deleteMany({ where: { email: due.email } });
        await leaveAllOrganizations(tx, userId);
        await tx.user.delete({ where: { id: userId }, select: { id: true } });
        await enqueue(tx, "account.deleteObjects", { prefix: `avatars/${userId}/`, keys } satisfies PersonObjects);
      }, patience);
    },
  };
}

/** An avatar that is being replaced holds the person's row while it is stored. */
const patience = { timeout: 30_000 };

/**
 * Locks a person and their bookings against all that names them: what is being written is waited for and seen, as no
 * weaker lock would; what comes later finds nothing to belong to. First people, in the order of ids, then bookings, as
 * everywhere; the others need no more than to stay.
 */
async function lockAway(tx: Transaction, userId: string, others: readonly string[]): Promise<void> {
  for (const id of [...new Set([userId, ...others])].sort()) {
    if (id === userId) await tx.$queryRaw`SELECT FROM users WHERE id = ${id}::uuid FOR UPDATE`;
    else await tx.$queryRaw`SELECT FROM users WHERE id = ${id}::uuid FOR KEY SHARE`;
  }
  await tx.$queryRaw`SELECT FROM bookings WHERE host_id = ${userId}::uuid OR caller_id = ${userId}::uuid ORDER BY id FOR UPDATE`;
}
