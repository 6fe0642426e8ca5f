import type { Database, Transaction } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import { uuidv7 } from "uuidv7";
import { bookingColumns, toBooking } from "../../calendars/store";
import type { Notice, ToldBooking } from "./rules";

export type NewsStore = ReturnType<typeof createNewsStore>;

const party = { select: { displayName: true, timezone: true } } as const;
/** What is read of a booking of which people are told. */
export const toldColumns = {
  ...bookingColumns,
  callerId: true,
  callerTimezone: true,
  endedBy: true,
  host: { select: { ...party.select, username: true, schedule: { select: { timezone: true } } } },
  caller: party,
} as const;

// Before the booking, as everywhere: the rows to come belong to these people, one of whom may be about to be purged.
const lockPeople = "SELECT FROM users WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE";

// The booking is locked while it is told of: a cancellation waits, or was here first and leaves nothing to insert.
const insertNotices = `INSERT INTO notifications (id, user_id, type, title, body, data, cause, read_at)
  SELECT n.id, n.user_id, n.type, n.title, n.body, n.data, n.cause, n.read_at
  FROM jsonb_to_recordset($1::jsonb) AS n (
      id uuid, user_id uuid, type text, title text, body text, data jsonb, cause text, read_at timestamptz)
    JOIN users u ON u.id = n.user_id AND u.deleted_at IS NULL
    JOIN bookings b ON b.id = $2::uuid
      AND ($3::timestamptz IS NULL OR b.status = 'confirmed' AND b.starts_at = $3::timestamptz)
  FOR SHARE OF b
  ON CONFLICT (user_id, cause) DO NOTHING
  RETURNING id`;

export function createNewsStore({ prisma }: Database) {
  return {
    /** Null where it has gone with one of its people. */
    async findBooking(id: string): Promise<ToldBooking | null> {
      const row = await prisma.booking.findUnique({ where: { id }, select: toldColumns });
      return row === null ? null : toToldBooking(row);
    },

    /**
     * Tells each person once, and orders the mail that says the same: both or neither. With `ifConfirmedAt`, only while
     * the booking is confirmed and begins then.
     */
    async tell(
      booking: { id: string; sequence: number },
      notices: readonly Notice[],
      { now, ifConfirmedAt = null }: { now: Date; ifConfirmedAt?: string | null },
    ): Promise<void> {
      const rows = notices.map(({ userId, isRead, ...notice }) => ({
        ...notice,
        id: uuidv7(),
        user_id: userId,
        read_at: isRead ? now : null,
      }));
      await prisma.$transaction(async (tx) => {
        await tx.$queryRawUnsafe(
          lockPeople,
          rows.map(({ user_id }) => user_id),
        );
        const told = await tx.$queryRawUnsafe<{ id: string }[]>(
          insertNotices,
          JSON.stringify(rows),
          booking.id,
          ifConfirmedAt,
        );
        for (const { id } of told) await orderMail(tx, id, booking);
      });
    },
  };
}

type ToldRow = Parameters<typeof toBooking>[0] & {
  hostId: string;
  callerId: string;
  callerTimezone: string | null;
  host: {
    displayName: string;
    timezone: string | null;
    username: string | null;
    schedule: { timezone: string } | null;
  };
  caller: { displayName: string; timezone: string | null };
  endedBy: ToldBooking["endedBy"];
};

export function toToldBooking(row: ToldRow): ToldBooking {
  const { host, caller } = row;
  return {
    ...toBooking(row),
    hostUsername: host.username,
    endedBy: row.endedBy,
    people: {
      host: { id: row.hostId, timezone: hostZone(host) },
      caller: { id: row.callerId, timezone: row.callerTimezone ?? caller.timezone ?? "UTC" },
    },
  };
}

async function orderMail(tx: Transaction, notificationId: string, { id, sequence }: { id: string; sequence: number }) {
  await enqueue(tx, "notifications.mail", { notificationId, bookingId: id, sequence });
}

/**
 * The zone that a host's hours are kept in. UTC is also what the documented weekly hours leave there, wherever the host
 * lives, so a zone of their own is believed more.
 */
function hostZone(host: { timezone: string | null; schedule: { timezone: string } | null }): string {
  const zone = host.schedule?.timezone ?? "UTC";
  return zone === "UTC" ? (host.timezone ?? "UTC") : zone;
}
