import type { Database } from "@parley/db";
import { exclusionViolation } from "@parley/db/errors";
import { type Connection, inTransaction } from "@parley/db/transaction";
import type { BookingRules } from "../../schedule/booking-rules/rules";
import { isOpen } from "../../schedule/openings/rules";
import { createOpeningStore } from "../../schedule/openings/store";
import { bufferedTime, minutesBetween } from "../rules";

/** A stretch of a host's page. */
export interface Place {
  hostId: string;
  start: Date;
  end: Date;
}

/** Why a place cannot be had. `caller_busy`: whoever wants it has something else then. */
export type PlaceRefusal = { outcome: "not_open" | "not_offered" | "caller_busy" | "no_such_host" | "no_such_caller" };

export interface OpenPlace {
  outcome: "open";
  rules: BookingRules;
}

export interface LockedPerson {
  id: string;
  role: string;
  rateCents: number | null;
}

const lockPeople = `SELECT id, role::text AS role, rate_cents AS "rateCents" FROM users
  WHERE id = ANY ($1::uuid[]) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE`;

/** The steps of every transaction that takes a place: a booking's, a hold's, and that of a booking that moves. */
export function placeTaking(database: Database) {
  const openings = createOpeningStore(database);
  return {
    /**
     * Runs `act` in a transaction, which leaves something behind only where its outcome is `taken`. It looks at the
     * host's time under the host's lock, so that what the constraint still finds in the way is the time of the one who
     * wants the place.
     */
    async take<Result extends { outcome: string }>(
      act: (connection: Connection) => Promise<Result>,
    ): Promise<Result | PlaceRefusal> {
      try {
        return await inTransaction(database.pool, act, ({ outcome }) => outcome === "taken");
      } catch (error) {
        if (exclusionViolation(error) === "reserved_times_do_not_overlap") return { outcome: "caller_busy" };
        throw error;
      }
    },

    /**
     * Makes whatever takes these people's time wait for the end of this transaction: what it counts stays so (the most a
     * day), and whoever wants the same waits here, in the order of ids, never crosswise within the constraint. Holds
     * that have run out are cleared away: nobody counts them, but the constraint would.
     */
    async lock(connection: Connection, ids: readonly string[], now: Date): Promise<Map<string, LockedPerson>> {
      const { rows } = await connection.query<LockedPerson>({
        name: "places.lock",
        text: lockPeople,
        values: [ids],
      });
      await connection.query({
        name: "places.clear",
        text: "DELETE FROM holds WHERE host_id = ANY ($1::uuid[]) AND expires_at <= $2",
        values: [ids, now],
      });
      return new Map(rows.map((person) => [person.id, person]));
    },

    /** The host's rules, where the place is an opening of theirs. */
    async findOpen(
      connection: Connection,
      place: Place,
      now: Date,
      isMoved = false,
    ): Promise<OpenPlace | PlaceRefusal> {
      const start = place.start.getTime();
      const durationMinutes = minutesBetween(place.start, place.end);
      const period = { from: start, to: place.end.getTime(), now: now.getTime() };
      const schedule = await openings.findSchedule(place.hostId, period, connection);
      if (schedule === null) return { outcome: "no_such_host" };
      // What was booked keeps its length when it moves, also where the host offers that to nobody any more.
      const rules = isMoved ? { ...schedule.rules, durationsMinutes: [durationMinutes] } : schedule.rules;
      if (!rules.durationsMinutes.includes(durationMinutes)) return { outcome: "not_offered" };
      return isOpen({ ...schedule, rules, now: now.getTime(), durationMinutes }, start)
        ? { outcome: "open", rules }
        : { outcome: "not_open" };
    },
  };
}

/** What of its host's time a place takes, buffers included, as parameters of a statement. */
export function hostTime({ start, end }: Place, rules: BookingRules): [from: Date, to: Date] {
  const { from, to } = bufferedTime({ start: start.getTime(), end: end.getTime() }, rules);
  return [new Date(from), new Date(to)];
}
