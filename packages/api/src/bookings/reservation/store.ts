import type { Database } from "@parley/db";
import type { Connection } from "@parley/db/transaction";
import { uuidv7 } from "uuidv7";
import { bookAtOnce, type PlainBooking } from "../at-once/store";
import { consumeHold } from "../holds/store";
import { type NoticeStore, noteNews } from "../notices/store";
import { hostTime, type PlaceRefusal, placeTaking } from "../places/store";
import { minutesBetween, partyOf, priceCents, type Refusal, refusalOf, stateOf, statusOnceMoved } from "../rules";
import type { Booking } from "../schema";
import { findForUpdate } from "../store";

export interface NewBooking extends PlainBooking {
  holdId: string | null;
}

export type RequestResult =
  | { outcome: "taken"; booking: Booking }
  | { outcome: "hold_not_found" | "hold_elsewhere" }
  | PlaceRefusal;

export type RescheduleResult =
  | { outcome: "taken"; booking: Booking }
  | { outcome: "refused"; refusal: Refusal }
  | { outcome: "not_found" | "unmoved" }
  | PlaceRefusal;

export type ReservationStore = ReturnType<typeof createReservationStore>;

/** A booking takes its host's time with buffers, its caller's without. */
const reserve = `INSERT INTO reserved_times (id, user_id, during, hosted_from, booking_id)
  VALUES (uuidv7(), $2, tstzrange($6::timestamptz, $7::timestamptz), $4::timestamptz, $1),
    (uuidv7(), $3, tstzrange($4::timestamptz, $5::timestamptz), NULL, $1)`;

const insertBooking = `WITH booked AS (
    INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, note, caller_timezone, rate_cents, price_cents,
      created_at, updated_at)
    VALUES ($1, $2, $3, $8::booking_status, $4::timestamptz, $5::timestamptz, $9, $10, $11, $12, $13, $13)
  ) ${reserve}`;

const moveBooking = `WITH moved AS (
    UPDATE bookings SET status = $8::booking_status, starts_at = $4::timestamptz, ends_at = $5::timestamptz, sequence = $9,
      updated_at = $10 WHERE id = $1
  ) ${reserve}`;

export function createReservationStore(database: Database, notices: NoticeStore) {
  const places = placeTaking(database);

  async function request(connection: Connection, wanted: NewBooking, now: Date): Promise<RequestResult> {
    const { hostId, callerId, holdId, start, end, note, timezone } = wanted;
    const people = await places.lock(connection, [hostId, callerId], now);
    const [host, caller] = [people.get(hostId), people.get(callerId)];
    if (host?.role !== "host" || host.rateCents === null) return { outcome: "no_such_host" };
    if (caller === undefined) return { outcome: "no_such_caller" };
    const held = await consumeHold(connection, wanted, callerId, holdId);
    if (held !== "consumed") return { outcome: held };
    const open = await places.findOpen(connection, wanted, now);
    if (open.outcome !== "open") return open;

    const { rules } = open;
    const status = rules.requiresConsent ? "requested" : "confirmed";
    const price = priceCents(host.rateCents, minutesBetween(start, end));
    const id = uuidv7();
    await connection.query({
      name: "reservation.insert",
      text: insertBooking,
      values: [
        ...[id, hostId, callerId, start, end, ...hostTime(wanted, rules)],
        ...[status, note, timezone, host.rateCents, price, now],
      ],
    });
    const booking = await findForUpdate(connection, callerId, id);
    if (booking === null) throw new Error("the booking is not there that was inserted");
    await noteNews(connection, booking, status);
    return { outcome: "taken", booking };
  }

  async function reschedule(
    connection: Connection,
    userId: string,
    { id, start }: { id: string; start: Date },
    now: Date,
  ): Promise<RescheduleResult> {
    const people = await findPeople(connection, userId, id);
    if (people === null) return { outcome: "not_found" };
    // People before the booking, as wherever a place is taken.
    await places.lock(connection, people, now);
    const before = await findForUpdate(connection, userId, id);
    if (before === null) return { outcome: "not_found" };
    const party = partyOf(before, userId);
    const refusal = refusalOf("reschedule", stateOf(before), party, now.getTime());
    if (refusal !== null) return { outcome: "refused", refusal };

    if (Date.parse(before.start) === start.getTime()) return { outcome: "unmoved" };

    // Its own time is free for it.
    await connection.query("DELETE FROM reserved_times WHERE booking_id = $1", [id]);
    const end = new Date(start.getTime() + before.durationMinutes * 60_000);
    const place = { hostId: before.hostId, start, end };
    const open = await places.findOpen(connection, place, now, true);
    if (open.outcome !== "open") return open;
    const status = statusOnceMoved(before.status, party, open.rules.requiresConsent);
    const sequence = before.sequence + 1;
    await connection.query(moveBooking, [
      ...[id, before.hostId, before.callerId, start, end, ...hostTime(place, open.rules)],
      ...[status, sequence, now],
    ]);
    const booking = { ...before, start: start.toISOString(), end: end.toISOString(), status, sequence };
    await noteNews(connection, booking, "rescheduled");
    return { outcome: "taken", booking };
  }

  return {
    /** Takes a place of the host's, and the caller's time, and orders what is told of it: all or nothing. */
    async request(wanted: NewBooking, now: Date): Promise<RequestResult> {
      const booking = wanted.holdId === null ? await bookAtOnce(database.pool, wanted, now) : null;
      const result: RequestResult =
        booking === null
          ? await places.take((connection) => request(connection, wanted, now))
          : { outcome: "taken", booking };
      if (result.outcome === "taken") await notices.wake();
      return result;
    },

    /** Gives the present place back for another: both, or neither. */
    async reschedule(userId: string, wanted: { id: string; start: Date }, now: Date): Promise<RescheduleResult> {
      const result = await places.take((connection) => reschedule(connection, userId, wanted, now));
      if (result.outcome === "taken") await notices.wake();
      return result;
    },
  };
}

/** Never change once it is booked. */
async function findPeople(connection: Connection, userId: string, id: string): Promise<string[] | null> {
  const { rows } = await connection.query<{ host_id: string; caller_id: string }>(
    "SELECT host_id, caller_id FROM bookings WHERE id = $1 AND $2 IN (host_id, caller_id)",
    [id, userId],
  );
  return rows[0] === undefined ? null : [rows[0].host_id, rows[0].caller_id];
}
