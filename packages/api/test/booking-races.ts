import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import type { BookableFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createHoldStore } from "../src/bookings/holds/store";
import { createNoticeStore } from "../src/bookings/notices/store";
import { createBookingProgressStore } from "../src/bookings/progress/store";
import { requestBooking } from "../src/bookings/reservation/service";
import { createReservationStore } from "../src/bookings/reservation/store";
import { createBookingStore } from "../src/bookings/store";
import { DomainError } from "../src/errors";
import { createProfileStore } from "../src/profile/store";
import { createHoursStore } from "../src/schedule/hours/store";
import { createOpeningStore } from "../src/schedule/openings/store";
import { type Host, hostIn, placeAt as placeOf, visitorIn } from "./bookings";

/** A database with room for many who want something at once. After every test, nothing in it may overlap. */
export interface BookingRaces {
  database: Database;
  deps: ReturnType<typeof dependenciesOf>;
  person(): ReturnType<typeof visitorIn>;
  people(count: number): Promise<Awaited<ReturnType<typeof visitorIn>>[]>;
  host(facts?: BookableFacts): Promise<Host>;
  book(ann: Host, time?: string): Promise<Booked>;
}

interface Booked {
  caller: Awaited<ReturnType<typeof visitorIn>>;
  booking: Awaited<ReturnType<typeof requestBooking>>;
}

export function useBookingRaces(): BookingRaces {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let database: Database;
  let deps: ReturnType<typeof dependenciesOf>;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.url, poolSize: 20, connectionTimeoutMs: 60_000 });
    deps = dependenciesOf(database);
  });
  afterAll(async () => {
    await database.close();
    await fresh.close();
  });
  afterEach(() => expectNoOverlap(database));

  const person = () => visitorIn(database.pool);
  return {
    get database() {
      return database;
    },
    get deps() {
      return deps;
    },
    person,
    people: (count) => Promise.all(Array.from({ length: count }, person)),
    host: (facts) => hostIn(database.pool, facts),
    async book(ann, time = "10:00") {
      const caller = await person();
      return { caller, booking: await requestBooking(deps, caller, placeAt(ann, time)) };
    },
  };
}

function dependenciesOf(database: Database) {
  return {
    profiles: createProfileStore(database),
    objects: createRecordingObjects(),
    openings: createOpeningStore(database),
    hours: createHoursStore(database),
    bookings: createBookingStore(database),
    bookingProgress: createBookingProgressStore(database, createNoticeStore(database)),
    reservations: createReservationStore(database, createNoticeStore(database)),
    holds: createHoldStore(database),
    clock: () => new Date("2026-11-24T08:00:00Z"),
  };
}

/** On the one day of all races. */
export const placeAt = (host: Host, time: string, durationMinutes = 30) =>
  placeOf(host, `2026-11-26T${time}:00Z`, durationMinutes);

/** How many succeeded; all others must have been refused with one of these codes, in so many words. */
export async function successes(attempts: readonly Promise<unknown>[], ...codes: string[]): Promise<number> {
  const results = await Promise.allSettled(attempts);
  for (const result of results) {
    if (result.status === "fulfilled") continue;
    expect(result.reason).toBeInstanceOf(DomainError);
    expect(codes).toContain(result.reason.code);
  }
  return results.filter(({ status }) => status === "fulfilled").length;
}

/** By the statuses and times of bookings and holds themselves, not by what guards them. */
async function expectNoOverlap({ pool }: Database): Promise<void> {
  const { rows } = await pool.query(`
    WITH taken AS (
      SELECT id, host_id AS user_id, starts_at, ends_at FROM bookings WHERE status IN ('requested', 'confirmed')
      UNION ALL
      SELECT id, caller_id, starts_at, ends_at FROM bookings WHERE status IN ('requested', 'confirmed')
      UNION ALL
      SELECT id, host_id, starts_at, ends_at FROM holds
    )
    SELECT a.id, b.id FROM taken a JOIN taken b
      ON a.user_id = b.user_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`);
  expect(rows).toEqual([]);
  const strays = await pool.query(`
    SELECT b.id, b.status FROM bookings b LEFT JOIN reserved_times r ON r.booking_id = b.id
    GROUP BY b.id HAVING count(r.id) <> CASE WHEN b.status IN ('requested', 'confirmed') THEN 2 ELSE 0 END`);
  expect(strays.rows).toEqual([]);
}
