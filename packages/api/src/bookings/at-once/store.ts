import type { Database } from "@parley/db";
import { exclusionViolation } from "@parley/db/errors";
import { uuidv7 } from "uuidv7";
import { type HostHours, isOpen } from "../../schedule/openings/rules";
import { hostTime, type Place } from "../places/store";
import { minutesBetween } from "../rules";
import type { Booking } from "../schema";
import { type BookingRow, bookingColumns, toBooking } from "../store";

/**
 * A booking by one statement, with all that a transaction would do: it locks the people in order, clears away what they
 * hold no more, and writes the booking, the time it takes and what is to be told of it.
 */
const book = `WITH people AS MATERIALIZED (
    SELECT id, username, display_name, role, rate_cents, hours_version FROM users
    WHERE id IN ($2, $3) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE
  ), dropped AS (
    DELETE FROM holds WHERE (SELECT count(*) FROM people) = 2
      AND (host_id IN ($2, $3) AND expires_at <= $12 OR host_id = $2 AND holder_id = $3)
    RETURNING id
  ), freed AS (
    DELETE FROM reserved_times WHERE hold_id IN (SELECT id FROM dropped) RETURNING id
  ), booked AS (
    INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, note, caller_timezone, rate_cents, price_cents,
      created_at, updated_at)
    SELECT $1, h.id, c.id, $8::booking_status, $4::timestamptz, $5::timestamptz, $9, $10, h.rate_cents,
      h.rate_cents * $11::int, $12, $12
    FROM people h, people c WHERE h.id = $2 AND h.role = 'host' AND h.rate_cents IS NOT NULL AND h.hours_version = $13 AND c.id = $3
      AND NOT EXISTS (
        SELECT FROM external_busy_times WHERE user_id = $2 AND during && tstzrange($6::timestamptz, $7::timestamptz))
    RETURNING *
  ), noted AS (
    INSERT INTO booking_notices (booking_id, sequence, news) SELECT id, sequence, status::text FROM booked
  ), reserved AS (
    INSERT INTO reserved_times (id, user_id, during, hosted_from, booking_id)
    SELECT uuidv7(), side.user_id, side.during, side.hosted_from, booked.id
    FROM booked, (SELECT count(*) FROM freed) AS cleared, (VALUES
      ($2::uuid, tstzrange($6::timestamptz, $7::timestamptz), $4::timestamptz),
      ($3::uuid, tstzrange($4::timestamptz, $5::timestamptz), NULL)
    ) AS side (user_id, during, hosted_from)
  )
  SELECT ${bookingColumns} FROM booked b JOIN people h ON h.id = b.host_id JOIN people c ON c.id = b.caller_id`;

export interface PlainBooking extends Place {
  /** The host's, as they were a moment ago: the statement makes sure that they are so still. */
  hours: HostHours;
  callerId: string;
  note: string | null;
  timezone: string | null;
}

/**
 * Books what plainly can be booked: where the constraint alone decides who was first. Null wherever there is more to it,
 * such as a day that may be full, or a reason to be told; nothing has changed then.
 */
export async function bookAtOnce(pool: Database["pool"], wanted: PlainBooking, now: Date): Promise<Booking | null> {
  const { hostId, callerId, start, end, note, timezone, hours } = wanted;
  const { rules } = hours.schedule;
  const durationMinutes = minutesBetween(start, end);
  if (rules.maxPerDay !== null) return null;
  if (!isOpen({ ...hours.schedule, now: now.getTime(), durationMinutes }, start.getTime())) return null;
  const status = rules.requiresConsent ? "requested" : "confirmed";
  try {
    const { rows } = await pool.query<BookingRow>({
      name: "bookings.atOnce",
      text: book,
      values: [
        ...[uuidv7(), hostId, callerId, start, end, ...hostTime(wanted, rules)],
        ...[status, note, timezone, durationMinutes, now, hours.version],
      ],
    });
    return rows[0] === undefined ? null : toBooking(rows[0]);
  } catch (error) {
    if (exclusionViolation(error) === "reserved_times_do_not_overlap") return null;
    throw error;
  }
}
