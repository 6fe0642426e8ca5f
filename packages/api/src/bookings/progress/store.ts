import type { Database } from "@parley/db";
import { inTransaction } from "@parley/db/transaction";
import type { BookingNews } from "../../notifications/news/rules";
import { type NoticeStore, noteNews } from "../notices/store";
import {
  type BookingEvent,
  type BookingStatus,
  isFreeing,
  partyOf,
  type Refusal,
  refusalOf,
  settledBefore,
  stateOf,
  transitions,
} from "../rules";
import type { Booking } from "../schema";
import { findForUpdate } from "../store";

export type ProgressResult =
  | { outcome: "taken"; booking: Booking }
  | { outcome: "refused"; refusal: Refusal }
  | { outcome: "not_found" };

/** One step of a booking by one of its sides. */
export interface Step {
  event: Exclude<BookingEvent, "reschedule" | "expire" | "settle">;
  reason?: string | null;
  /** What both sides are told of it; null: nothing, and their calendars stay as they are. */
  news: BookingNews | null;
}

export type BookingProgressStore = ReturnType<typeof createBookingProgressStore>;

/** What ends a booking before it begins also gives its time back. */
const update = `WITH freed AS (DELETE FROM reserved_times WHERE booking_id = $1 AND $2)
  UPDATE bookings SET status = $3::booking_status, ended_by = $4::booking_party, reason = $5, sequence = $6, updated_at = $7
  WHERE id = $1`;

const findAhead = `SELECT id FROM bookings
  WHERE (host_id = $1 OR caller_id = $1) AND status IN ('requested', 'confirmed') AND ends_at > $2
  ORDER BY starts_at, id`;

/** A row that somebody is changing is left for the next time. What was never accepted is told to both who waited for it. */
const settle = `WITH due AS (
    SELECT id, CASE status WHEN 'requested' THEN 'expired' ELSE 'completed' END::booking_status AS status FROM bookings
    WHERE status = 'requested' AND starts_at <= $1 OR status = 'confirmed' AND ends_at <= $2
    FOR UPDATE SKIP LOCKED
  ), freed AS (
    DELETE FROM reserved_times WHERE booking_id IN (SELECT id FROM due WHERE status = 'expired')
  ), settled AS (
    UPDATE bookings b SET status = due.status, updated_at = $1,
      sequence = b.sequence + CASE due.status WHEN 'expired' THEN 1 ELSE 0 END
    FROM due WHERE b.id = due.id RETURNING b.id, b.sequence, b.status
  )
  INSERT INTO booking_notices (booking_id, sequence, news) SELECT id, sequence, 'expired' FROM settled WHERE status = 'expired'`;

export function createBookingProgressStore({ pool }: Database, notices: NoticeStore) {
  return {
    /** Takes a booking a step further: one step after another, whoever asks at the same time. */
    async take(userId: string, id: string, step: Step, now: Date): Promise<ProgressResult> {
      const result = await inTransaction(pool, async (connection): Promise<ProgressResult> => {
        const before = await findForUpdate(connection, userId, id);
        if (before === null) return { outcome: "not_found" };
        const party = partyOf(before, userId);
        const refusal = refusalOf(step.event, stateOf(before), party, now.getTime());
        if (refusal !== null) return { outcome: "refused", refusal };

        const status: BookingStatus = transitions[step.event].to;
        const isEnded = isFreeing(status);
        const booking: Booking = {
          ...before,
          status,
          endedBy: isEnded ? party : null,
          reason: isEnded ? (step.reason ?? null) : before.reason,
          sequence: before.sequence + (step.news === null ? 0 : 1),
        };
        const { endedBy, reason, sequence } = booking;
        await connection.query(update, [id, isEnded, status, endedBy, reason, sequence, now]);
        if (step.news !== null) await noteNews(connection, booking, step.news);
        return { outcome: "taken", booking };
      });
      if (result.outcome === "taken" && step.news !== null) await notices.wake();
      return result;
    },

    /** Those that have not ended, as either side, soonest first. */
    async findAhead(userId: string, now: Date): Promise<string[]> {
      const { rows } = await pool.query<{ id: string }>(findAhead, [userId, now]);
      return rows.map(({ id }) => id);
    },

    /** Does what time itself does to bookings that nobody has seen to: what was never accepted ends, the rest took place. */
    async settle(now: Date): Promise<void> {
      const { rowCount } = await pool.query(settle, [now, settledBefore(now)]);
      if (rowCount !== 0) await notices.wake();
    },
  };
}
