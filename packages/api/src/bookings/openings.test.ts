import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createBookableHost, createUser } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DomainError } from "../errors";
import { createProfileStore } from "../profile/store";
import { createHoursStore } from "../schedule/hours/store";
import { getOpenings } from "../schedule/openings/service";
import { createOpeningStore } from "../schedule/openings/store";
import { holdPlace } from "./holds/service";
import { createHoldStore } from "./holds/store";
import { createNoticeStore } from "./notices/store";
import { requestBooking } from "./reservation/service";
import { createReservationStore } from "./reservation/store";
import { createBookingStore } from "./store";

/** Every opening listed can be booked, and no other instant can. Source: issue "Schedules", point 4; lessons, C3. */

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const millisecondsPerMinute = 60_000;
const millisecondsPerDay = 24 * 60 * millisecondsPerMinute;
const iso = (time: number) => new Date(time).toISOString();

/** Days before clocks change in a zone, and others. */
const presents: [timezone: string, now: string][] = [
  ["America/New_York", "2026-10-30T13:07:00Z"],
  ["America/New_York", "2027-03-12T22:00:00Z"],
  ["Australia/Lord_Howe", "2027-04-02T10:00:00Z"],
  ["Asia/Beirut", "2027-03-26T08:30:00Z"],
  ["Pacific/Kiritimati", "2026-12-31T11:59:00Z"],
  ["Pacific/Pago_Pago", "2026-11-24T10:30:00Z"],
  ["UTC", "2026-11-24T08:00:00Z"],
];

const multipleOf5 = (min: number, max: number) => fc.integer({ min: min / 5, max: max / 5 }).map((n) => n * 5);

const situation = fc.record({
  present: fc.constantFrom(...presents),
  hours: fc.tuple(multipleOf5(0, 700), multipleOf5(705, 1440)),
  closedDay: fc.integer({ min: 0, max: 6 }),
  rules: fc.record({
    stepMinutes: multipleOf5(5, 90),
    bufferBeforeMinutes: multipleOf5(0, 30),
    bufferAfterMinutes: multipleOf5(0, 30),
    minimumNoticeMinutes: multipleOf5(0, 1500),
    windowDays: fc.integer({ min: 1, max: 5 }),
    maxPerDay: fc.constantFrom(null, 1, 2, 5),
  }),
  /** Each an instant to try: one of those listed, or near it, or anywhere. */
  attempts: fc.array(
    fc.record({
      durationMinutes: fc.constantFrom(30, 60),
      nth: fc.nat(1000),
      off: fc.constantFrom(0, 0, 0, 0, 1, -1, 5 * 60_000, -5 * 60_000, 60 * 60_000, 24 * 60 * 60_000),
      isHold: fc.boolean(),
    }),
    { minLength: 10, maxLength: 20 },
  ),
});

test("what is listed can be booked or held, and nothing else can", async () => {
  const seen = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(situation, async ({ present: [timezone, now], hours, closedDay, rules, attempts }) => {
      const { id, username } = await createBookableHost(database.pool, { timezone, hours, ...rules });
      const hostUsername = username ?? "";
      await database.pool.query(
        "INSERT INTO date_overrides (schedule_id, date) SELECT id, $2::date + $3::int FROM schedules WHERE user_id = $1",
        [id, now.slice(0, 10), closedDay],
      );
      const deps = {
        profiles: createProfileStore(database),
        objects: createRecordingObjects(),
        openings: createOpeningStore(database),
        hours: createHoursStore(database),
        bookings: createBookingStore(database),
        reservations: createReservationStore(database, createNoticeStore(database)),
        holds: createHoldStore(database),
        clock: () => new Date(now),
      };
      const from = iso(Date.parse(now) - millisecondsPerDay);
      const to = iso(Date.parse(now) + 8 * millisecondsPerDay);
      for (const { durationMinutes, nth, off, isHold } of attempts) {
        const listed = await getOpenings(deps, { username: hostUsername, from, to, durationMinutes });
        const starts = listed.openings.map(({ start }) => Date.parse(start));
        const near = starts[nth % Math.max(1, starts.length)] ?? Date.parse(now) + nth * millisecondsPerMinute;
        const start = near + off;
        const actor = actorFor(await createUser(database.pool, { role: "verified_user" }));
        const place = { hostUsername, start: iso(start), durationMinutes };
        const attempt = isHold ? holdPlace(deps, actor, null, place) : requestBooking(deps, actor, place);
        const isTaken = await attempt.then(() => true, refusedForItsTime);
        expect({ start: iso(start), isTaken }).toEqual({ start: iso(start), isTaken: starts.includes(start) });
        seen[isTaken ? "taken" : "refused"] += 1;
      }
    }),
    { numRuns: 25 },
  );
  expect(seen.taken).toBeGreaterThan(50);
  expect(seen.refused).toBeGreaterThan(50);
}, 120_000);

function refusedForItsTime(error: unknown): false {
  expect(error).toBeInstanceOf(DomainError);
  expect(error).toMatchObject({ details: { start: expect.any(String) } });
  return false;
}
