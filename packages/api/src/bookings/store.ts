import type { Database } from "@parley/db";
import type { Connection } from "@parley/db/transaction";
import { type BookingParty, type BookingStatus, liveStatuses } from "./rules";
import type { Booking } from "./schema";

export type BookingStore = ReturnType<typeof createBookingStore>;

interface Listing {
  when: "upcoming" | "past";
  as: BookingParty | undefined;
  now: Date;
  offset: number;
  limit: number;
}

/** What a booking is read by, in any statement that calls the booking `b` and joins its people. */
export const bookingColumns = `b.id, b.host_id, h.username AS host_username, h.display_name AS host_display_name,
  b.caller_id, c.display_name AS caller_display_name, b.starts_at, b.ends_at, b.status::text AS status, b.note,
  b.rate_cents, b.price_cents, b.ended_by::text AS ended_by, b.reason, b.sequence, b.created_at`;
const joinPeople = "JOIN users h ON h.id = b.host_id JOIN users c ON c.id = b.caller_id";

const selectBookings = `SELECT ${bookingColumns} FROM bookings b ${joinPeople}`;
const isTheirs = "(b.host_id = $1 AND $2 OR b.caller_id = $1 AND $3)";
const isUpcoming = `(b.status = ANY ('{${liveStatuses.join()}}') AND b.ends_at > $4)`;

/** Reads of bookings. Whose they are stands in every statement: to all others they do not exist. */
export function createBookingStore({ pool }: Database) {
  return {
    async find(userId: string, id: string): Promise<Booking | null> {
      const { rows } = await pool.query<BookingRow>({
        name: "bookings.find",
        text: `${selectBookings} WHERE b.id = $2 AND $1 IN (b.host_id, b.caller_id)`,
        values: [userId, id],
      });
      return rows[0] === undefined ? null : toBooking(rows[0]);
    },

    async list(
      userId: string,
      { when, as, now, offset, limit }: Listing,
    ): Promise<{ items: Booking[]; total: number }> {
      const isWanted = `${isTheirs} AND ${when === "upcoming" ? isUpcoming : `NOT ${isUpcoming}`}`;
      const order = when === "upcoming" ? "b.starts_at, b.id" : "b.starts_at DESC, b.id DESC";
      const values = [userId, as !== "caller", as !== "host", now];
      const [found, counted] = await Promise.all([
        pool.query<BookingRow>(`${selectBookings} WHERE ${isWanted} ORDER BY ${order} LIMIT $5 OFFSET $6`, [
          ...values,
          limit,
          offset,
        ]),
        pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM bookings b WHERE ${isWanted}`, values),
      ]);
      return { items: found.rows.map(toBooking), total: counted.rows[0]?.total ?? 0 };
    },

    /** Those that share time with the stretch, by start. */
    async between(userId: string, as: BookingParty | undefined, from: Date, to: Date): Promise<Booking[]> {
      const { rows } = await pool.query<BookingRow>(
        `${selectBookings} WHERE ${isTheirs} AND b.ends_at > $4 AND b.starts_at < $5 ORDER BY b.starts_at, b.id`,
        [userId, as !== "caller", as !== "host", from, to],
      );
      return rows.map(toBooking);
    },
  };
}

const selectForUpdate = `${selectBookings} WHERE b.id = $2 AND $1 IN (b.host_id, b.caller_id) FOR NO KEY UPDATE OF b`;

/** The booking, which nobody else changes until the transaction ends. */
export async function findForUpdate(connection: Connection, userId: string, id: string): Promise<Booking | null> {
  const { rows } = await connection.query<BookingRow>({
    name: "bookings.findForUpdate",
    text: selectForUpdate,
    values: [userId, id],
  });
  return rows[0] === undefined ? null : toBooking(rows[0]);
}

export interface BookingRow {
  id: string;
  host_id: string;
  host_username: string | null;
  host_display_name: string;
  caller_id: string;
  caller_display_name: string;
  starts_at: Date;
  ends_at: Date;
  status: BookingStatus;
  note: string | null;
  rate_cents: number;
  price_cents: number;
  ended_by: BookingParty | null;
  reason: string | null;
  sequence: number;
  created_at: Date;
}

export function toBooking(row: BookingRow): Booking {
  return {
    id: row.id,
    hostId: row.host_id,
    hostUsername: row.host_username,
    hostDisplayName: row.host_display_name,
    callerId: row.caller_id,
    callerDisplayName: row.caller_display_name,
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    durationMinutes: (row.ends_at.getTime() - row.starts_at.getTime()) / 60_000,
    status: row.status,
    note: row.note,
    rateCents: row.rate_cents,
    priceCents: row.price_cents,
    endedBy: row.ended_by,
    reason: row.reason,
    sequence: row.sequence,
    createdAt: row.created_at.toISOString(),
  };
}
