import type { Database } from "@parley/db";
import type { Connection } from "@parley/db/transaction";
import { uuidv7 } from "uuidv7";
import { hostTime, type Place, type PlaceRefusal, placeTaking } from "../places/store";
import { holdMinutes, maxLiveHolds } from "../rules";

/** Who keeps a place: a person, or somebody unknown, of whom nothing is known but an address. */
export type Holder = { userId: string } | { address: string };

export type HoldResult =
  | { outcome: "taken"; id: string; expiresAt: Date }
  | { outcome: "too_many"; retryAfterSeconds: number }
  | PlaceRefusal;

export type HoldStore = ReturnType<typeof createHoldStore>;

const insertHold = `WITH held AS (
    INSERT INTO holds (id, host_id, holder_id, held_from, starts_at, ends_at, expires_at, created_at)
    VALUES ($1, $2, $3, $4, $5::timestamptz, $6::timestamptz, $9::timestamptz, $10)
  )
  INSERT INTO reserved_times (id, user_id, during, hosted_from, hold_id, expires_at)
  VALUES (uuidv7(), $2, tstzrange($7::timestamptz, $8::timestamptz), $5::timestamptz, $1, $9::timestamptz)`;

export function createHoldStore(database: Database) {
  const places = placeTaking(database);

  async function hold(connection: Connection, place: Place, holder: Holder, now: Date): Promise<HoldResult> {
    const userId = "userId" in holder ? holder.userId : null;
    const address = "address" in holder ? holder.address : null;
    // Before people are locked, as always: those of one address wait here for their turn to be counted.
    if (address !== null) await connection.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [address]);
    const people = await places.lock(connection, userId === null ? [place.hostId] : [place.hostId, userId], now);
    if (people.get(place.hostId)?.role !== "host") return { outcome: "no_such_host" };
    if (userId !== null && !people.has(userId)) return { outcome: "no_such_caller" };
    if (userId !== null) {
      await connection.query("DELETE FROM holds WHERE host_id = $1 AND holder_id = $2", [place.hostId, userId]);
    }
    const { rows } = await connection.query<{ expires_at: Date }>(
      `SELECT expires_at FROM holds WHERE (holder_id = $1 OR held_from = $2) AND expires_at > $3 ORDER BY expires_at`,
      [userId, address, now],
    );
    const [first] = rows;
    if (first !== undefined && rows.length >= maxLiveHolds) {
      const retryAfterSeconds = Math.ceil((first.expires_at.getTime() - now.getTime()) / 1000);
      return { outcome: "too_many", retryAfterSeconds };
    }
    const open = await places.findOpen(connection, place, now);
    if (open.outcome !== "open") return open;
    const id = uuidv7();
    const expiresAt = new Date(now.getTime() + holdMinutes * 60_000);
    await connection.query(insertHold, [
      ...[id, place.hostId, userId, address, place.start, place.end],
      ...[...hostTime(place, open.rules), expiresAt, now],
    ]);
    return { outcome: "taken", id, expiresAt };
  }

  return {
    /** Takes a place for five minutes. A person's former hold on the same host goes; all or nothing. */
    hold(place: Place, holder: Holder, now: Date): Promise<HoldResult> {
      return places.take((connection) => hold(connection, place, holder, now));
    },

    /** Gives a place back; false where there is none by that id, or it is somebody else's, who is known. */
    async release(userId: string | null, id: string, now: Date): Promise<boolean> {
      const { rowCount } = await database.pool.query(
        "DELETE FROM holds WHERE id = $1 AND (holder_id IS NULL OR holder_id = $2) AND expires_at > $3",
        [id, userId, now],
      );
      return rowCount === 1;
    },

    async deleteExpired(now: Date): Promise<void> {
      await database.pool.query(
        // Rows that a booking is about to clear away are left to it: neither waits for the other.
        "DELETE FROM holds WHERE id IN (SELECT id FROM holds WHERE expires_at <= $1 FOR UPDATE SKIP LOCKED)",
        [now],
      );
    },
  };
}

/**
 * Frees what the caller holds of a host, so that the booking can take it in the same transaction: what they hold
 * themselves, and the hold whose id they know. One that ran out, or never was, is no hindrance: the place may be open.
 */
export async function consumeHold(
  connection: Connection,
  place: Place,
  callerId: string,
  holdId: string | null,
): Promise<"consumed" | "hold_not_found" | "hold_elsewhere"> {
  const { rows } = await connection.query<{ id: string; is_theirs: boolean; is_here: boolean }>({
    name: "holds.consumable",
    text: `SELECT id, coalesce(holder_id = $2, true) AS is_theirs,
        host_id = $1 AND starts_at = $4::timestamptz AND ends_at = $5::timestamptz AS is_here
      FROM holds WHERE id = $3 OR host_id = $1 AND holder_id = $2 FOR UPDATE`,
    values: [place.hostId, callerId, holdId, place.start, place.end],
  });
  const known = rows.find(({ id }) => id === holdId);
  if (known?.is_theirs === false) return "hold_not_found";
  if (known?.is_here === false) return "hold_elsewhere";
  if (rows.length > 0) await connection.query("DELETE FROM holds WHERE id = ANY ($1)", [rows.map(({ id }) => id)]);
  return "consumed";
}
