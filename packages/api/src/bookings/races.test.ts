import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, type BookableFacts, createBookableHost, createUser } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DomainError } from "../errors";
import { createProfileStore } from "../profile/store";
import { createHoursStore } from "../schedule/hours/store";
import { createOpeningStore } from "../schedule/openings/store";
import { holdPlace, releaseHold } from "./holds/service";
import { createHoldStore } from "./holds/store";
import { createNoticeStore } from "./notices/store";
import { acceptBooking, cancelBooking, declineBooking } from "./progress/service";
import { createBookingProgressStore } from "./progress/store";
import { requestBooking, rescheduleBooking } from "./reservation/service";
import { createReservationStore } from "./reservation/store";
import { createBookingStore } from "./store";

/** Everything that wants the same time at the same time, on a real PostgreSQL. Source: issue "Schedules", Correctness. */

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let deps: ReturnType<typeof dependencies>;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, poolSize: 20, connectionTimeoutMs: 60_000 });
  deps = dependencies();
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
afterEach(expectNoOverlap);

function dependencies() {
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

/** By the statuses and times of bookings and holds themselves, not by what guards them. */
async function expectNoOverlap(): Promise<void> {
  const { rows } = await database.pool.query(`
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
  const strays = await database.pool.query(`
    SELECT b.id, b.status FROM bookings b LEFT JOIN reserved_times r ON r.booking_id = b.id
    GROUP BY b.id HAVING count(r.id) <> CASE WHEN b.status IN ('requested', 'confirmed') THEN 2 ELSE 0 END`);
  expect(strays.rows).toEqual([]);
}

const person = async () => actorFor(await createUser(database.pool, { role: "verified_user" }));
const people = (count: number) => Promise.all(Array.from({ length: count }, person));
async function host(facts: BookableFacts = {}) {
  const user = await createBookableHost(database.pool, facts);
  return { ...actorFor(user), username: user.username ?? "" };
}
type Host = Awaited<ReturnType<typeof host>>;
const placeAt = ({ username }: Host, time: string, durationMinutes = 30) => ({
  hostUsername: username,
  start: `2026-11-26T${time}:00Z`,
  durationMinutes,
});
const book = async (ann: Host, time = "10:00") => {
  const caller = await person();
  return { caller, booking: await requestBooking(deps, caller, placeAt(ann, time)) };
};

/** How many succeeded; all others must have been refused with one of these codes, in so many words. */
async function successes(attempts: readonly Promise<unknown>[], ...codes: string[]): Promise<number> {
  const results = await Promise.allSettled(attempts);
  for (const result of results) {
    if (result.status === "fulfilled") continue;
    expect(result.reason).toBeInstanceOf(DomainError);
    expect(codes).toContain(result.reason.code);
  }
  return results.filter(({ status }) => status === "fulfilled").length;
}

describe("of 50 at the same time,", () => {
  test("one gets the place, and the others are told of openings that are left", async () => {
    const ann = await host();
    const attempts = (await people(50)).map((caller) => requestBooking(deps, caller, placeAt(ann, "10:00")));
    expect(await successes(attempts, "conflict")).toBe(1);
    const [lost] = (await Promise.allSettled(attempts)).flatMap((result) =>
      result.status === "rejected" ? [result.reason] : [],
    );
    expect(lost.details.start).toContain("2026-11-26T10:30:00Z");
  });

  test("one gets one of several places that overlap", async () => {
    const ann = await host({ stepMinutes: 5, durationsMinutes: [30, 60] });
    const attempts = (await people(50)).map((caller, index) =>
      requestBooking(
        deps,
        caller,
        placeAt(ann, `10:${String((index % 6) * 5).padStart(2, "0")}`, 30 + 30 * (index % 2)),
      ),
    );
    expect(await successes(attempts, "conflict")).toBe(1);
  });

  test("one gets one of two places that only buffers keep apart", async () => {
    const ann = await host({ bufferBeforeMinutes: 15, bufferAfterMinutes: 15 });
    const attempts = (await people(50)).map((caller, index) =>
      requestBooking(deps, caller, placeAt(ann, index % 2 === 0 ? "10:00" : "10:30")),
    );
    expect(await successes(attempts, "conflict")).toBe(1);
  });

  test("as many get a place on a day as its host wants", async () => {
    const ann = await host({ maxPerDay: 3 });
    const attempts = (await people(48)).map((caller, index) =>
      requestBooking(
        deps,
        caller,
        placeAt(ann, `${String(index >> 1).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`),
      ),
    );
    expect(await successes(attempts, "conflict")).toBe(3);
  });

  test("one holds the place", async () => {
    const ann = await host();
    const attempts = (await people(50)).map((caller) => holdPlace(deps, caller, null, placeAt(ann, "10:00")));
    expect(await successes(attempts, "conflict")).toBe(1);
  });
});

describe("one person", () => {
  test("gets one of two hosts at the same time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, bob, caller] = [await host(), await host(), await person()];
      const attempts = [ann, bob].map((one) => requestBooking(deps, caller, placeAt(one, "10:00")));
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("gets one of 20 hosts at the same time", async () => {
    const caller = await person();
    const hosts = await Promise.all(Array.from({ length: 20 }, () => host()));
    const attempts = hosts.map((one) => requestBooking(deps, caller, placeAt(one, "10:00")));
    expect(await successes(attempts, "conflict")).toBe(1);
  });

  test("keeps three places, however many they ask for at once", async () => {
    const hosts = await Promise.all(Array.from({ length: 12 }, () => host()));
    const caller = await person();
    const own = hosts.map((one) => holdPlace(deps, caller, null, placeAt(one, "10:00")));
    expect(await successes(own, "rate_limited")).toBe(3);
    const client = { address: "192.0.2.7", userAgent: null };
    const unknown = hosts.map((one) => holdPlace(deps, null, client, placeAt(one, "12:00")));
    expect(await successes(unknown, "rate_limited")).toBe(3);
  });

  test("keeps one place of a host, however many they ask for at once", async () => {
    const [ann, caller] = [await host(), await person()];
    const times = ["10:00", "10:30", "11:00", "11:30", "12:00"];
    const attempts = times.map((time) => holdPlace(deps, caller, null, placeAt(ann, time)));
    expect(await successes(attempts)).toBe(5);
    const { rowCount } = await database.pool.query("SELECT FROM holds WHERE host_id = $1", [ann.userId]);
    expect(rowCount).toBe(1);
  });
});

test("two hosts who book each other crosswise wait for one another, and one of them has it", async () => {
  for (let round = 0; round < 20; round += 1) {
    const [ann, bob] = [await host(), await host()];
    const attempts = [
      requestBooking(deps, ann, placeAt(bob, "10:00")),
      requestBooking(deps, bob, placeAt(ann, "10:00")),
    ];
    expect(await successes(attempts, "conflict")).toBe(1);
  }
});

test("many who book one another in a ring come to an end, each with both or neither of their times", async () => {
  const ring = await Promise.all(Array.from({ length: 12 }, () => host()));
  const attempts = ring.map((one, index) => requestBooking(deps, one, placeAt(ring[(index + 1) % 12] ?? one, "10:00")));
  expect(await successes(attempts, "conflict")).toBeGreaterThanOrEqual(4);
});

describe("a hold and a booking", () => {
  test("of the same place: one of them has it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, holder, caller] = [await host(), await person(), await person()];
      const attempts = [
        holdPlace(deps, holder, null, placeAt(ann, "10:00")),
        requestBooking(deps, caller, placeAt(ann, "10:00")),
      ];
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("that two want to consume: one booking comes of it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, first, second] = [await host(), await person(), await person()];
      const client = { address: `198.51.100.${round}`, userAgent: null };
      const { id: holdId } = await holdPlace(deps, null, client, placeAt(ann, "10:00"));
      const attempts = [first, second].map((one) => requestBooking(deps, one, { ...placeAt(ann, "10:00"), holdId }));
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("that is given back meanwhile: the booking stands, and nobody else's does", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, caller, other] = [await host(), await person(), await person()];
      const { id: holdId } = await holdPlace(deps, caller, null, placeAt(ann, "10:00"));
      const [booked] = await Promise.allSettled([
        successes(
          [
            requestBooking(deps, caller, { ...placeAt(ann, "10:00"), holdId }),
            requestBooking(deps, other, placeAt(ann, "10:00")),
          ],
          "conflict",
        ),
        releaseHold(deps, caller, { id: holdId }),
      ]);
      expect(booked).toEqual({ status: "fulfilled", value: 1 });
    }
  });
});

describe("moving", () => {
  test("to a place that somebody books: one of them has it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const ann = await host();
      const [{ caller, booking }, other] = [await book(ann), await person()];
      const attempts = [
        rescheduleBooking(deps, caller, { id: booking.id, start: "2026-11-26T14:00:00Z" }),
        requestBooking(deps, other, placeAt(ann, "14:00")),
      ];
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("two bookings to each other's places: none of them gets lost", async () => {
    for (let round = 0; round < 10; round += 1) {
      const ann = await host();
      const [one, two] = [await book(ann, "10:00"), await book(ann, "14:00")];
      const attempts = [
        rescheduleBooking(deps, one.caller, { id: one.booking.id, start: "2026-11-26T14:00:00Z" }),
        rescheduleBooking(deps, two.caller, { id: two.booking.id, start: "2026-11-26T10:00:00Z" }),
      ];
      expect(await successes(attempts, "conflict")).toBe(0);
    }
  });

  test("one booking to many places at once: it is in one of them, and each move counts", async () => {
    const ann = await host();
    const { caller, booking } = await book(ann);
    const times = ["12:00", "13:00", "14:00", "15:00", "16:00", "17:00"];
    const attempts = times.map((time, index) =>
      rescheduleBooking(deps, index % 2 === 0 ? caller : ann, { id: booking.id, start: `2026-11-26T${time}:00Z` }),
    );
    expect(await successes(attempts)).toBe(6);
    expect(await deps.bookings.find(caller.userId, booking.id)).toMatchObject({ sequence: 6 });
  });

  test("while the other side cancels: it has ended, and takes nobody's time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const ann = await host();
      const { caller, booking } = await book(ann);
      const cancelled = cancelBooking(deps, ann, { id: booking.id });
      const moved = rescheduleBooking(deps, caller, { id: booking.id, start: "2026-11-26T14:00:00Z" });
      expect(await successes([moved], "conflict")).toBeLessThanOrEqual(1);
      await cancelled;
      expect(await deps.bookings.find(caller.userId, booking.id)).toMatchObject({ status: "cancelled" });
    }
  });
});

describe("a request", () => {
  const requested = async () => {
    const ann = await host({ requiresConsent: true });
    return { ann, ...(await book(ann)) };
  };
  const newsOf = async (id: string) => {
    await createNoticeStore(database).announce(new Date());
    const { rows } = await database.pool.query(
      "SELECT payload->>'event' AS event FROM graphile_worker._private_jobs WHERE payload->>'bookingId' = $1 AND payload->>'event' IS NOT NULL ORDER BY id",
      [id],
    );
    return rows.map(({ event }) => event);
  };

  test("is accepted once, however often its host says so at the same time", async () => {
    const { ann, booking } = await requested();
    const attempts = Array.from({ length: 10 }, () => acceptBooking(deps, ann, { id: booking.id }));
    expect(await successes(attempts, "conflict")).toBe(1);
    expect(await newsOf(booking.id)).toEqual(["requested", "confirmed"]);
  });

  test("is accepted or declined, never both", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ann, booking } = await requested();
      const attempts = [acceptBooking(deps, ann, { id: booking.id }), declineBooking(deps, ann, { id: booking.id })];
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("that its caller cancels while its host accepts is cancelled in the end", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ann, caller, booking } = await requested();
      const accepted = acceptBooking(deps, ann, { id: booking.id });
      const cancelled = cancelBooking(deps, caller, { id: booking.id });
      const times = await successes([accepted], "conflict");
      await cancelled;
      expect(await deps.bookings.find(ann.userId, booking.id)).toMatchObject({
        status: "cancelled",
        endedBy: "caller",
      });
      expect(await newsOf(booking.id)).toEqual(
        times === 1 ? ["requested", "confirmed", "cancelled"] : ["requested", "cancelled"],
      );
    }
  });

  test("that time lets expire while its host accepts is one or the other", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ann, booking } = await requested();
      const start = new Date(booking.start);
      const before = { ...deps, clock: () => new Date(start.getTime() - 1) };
      const [accepted] = await Promise.all([
        successes([acceptBooking(before, ann, { id: booking.id })], "conflict"),
        deps.bookingProgress.settle(start),
      ]);
      expect((await deps.bookings.find(ann.userId, booking.id))?.status).toBe(accepted === 1 ? "confirmed" : "expired");
    }
  });
});
