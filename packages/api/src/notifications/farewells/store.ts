import type { Database, Transaction } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import { uuidv7 } from "uuidv7";
import type { Party } from "../../calendars/rules";
import type { Notice, ToldBooking } from "../news/rules";
import { toldColumns, toToldBooking } from "../news/store";

/** A booking that somebody who goes leaves behind, and whom it leaves there. */
export interface LeftBooking {
  booking: ToldBooking;
  party: Party;
  email: string;
  displayName: string;
}

/** What somebody who is left behind is told, and the whole mail that says the same. */
export interface Farewell {
  notice: Omit<Notice, "isRead">;
  letter: {
    to: string;
    subject: string;
    text: string;
    html: string;
    attachments: { filename: string; contentType: string; content: string }[];
  };
}

export type FarewellStore = ReturnType<typeof createFarewellStore>;

export function createFarewellStore({ prisma }: Database) {
  return {
    /** What is still ahead of a person, with the other side of each; soonest first. */
    async findLeft(userId: string, now: Date): Promise<LeftBooking[]> {
      const rows = await prisma.booking.findMany({
        where: {
          OR: [{ hostId: userId }, { callerId: userId }],
          status: { in: ["requested", "confirmed"] },
          endsAt: { gt: now },
        },
        orderBy: [{ startsAt: "asc" }, { id: "asc" }],
        select: {
          ...toldColumns,
          host: { select: { ...toldColumns.host.select, email: true } },
          caller: { select: { ...toldColumns.caller.select, email: true } },
        },
      });
      return rows.map((row) => {
        const party = row.hostId === userId ? "caller" : "host";
        const { email, displayName } = row[party];
        return { booking: toToldBooking(row), party, email, displayName };
      });
    },
  };
}

/**
 * Tells those whom somebody leaves behind, in the transaction that removes that somebody: nothing to make a mail of is left
 * after it. The caller has locked them; who has gone as well is told nothing.
 */
export async function bidFarewell(tx: Transaction, farewells: readonly Farewell[], now: Date): Promise<void> {
  for (const { notice, letter } of farewells) {
    const { userId, type, title, body, data, cause } = notice;
    const id = uuidv7();
    const told = await tx.$executeRaw`
      INSERT INTO notifications (id, user_id, type, title, body, data, cause, created_at)
      SELECT ${id}::uuid, id, ${type}, ${title}, ${body}, ${JSON.stringify(data)}::jsonb, ${cause}, ${now.toISOString()}::timestamptz
      FROM users WHERE id = ${userId}::uuid AND deleted_at IS NULL
      ON CONFLICT (user_id, cause) DO NOTHING`;
    if (told === 1) await enqueue(tx, "notifications.sendLetter", { id, ...letter });
  }
}
