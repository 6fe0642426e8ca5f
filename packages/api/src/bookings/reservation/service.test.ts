import { actorFor, type BookableFacts, createBookableHost, createUser } from "@parley/testing/factories";
import { openProduct, type Product } from "@parley/testing/product";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createOverrideStore } from "../../schedule/overrides/store";
import { createTasks } from "../../worker";
import { createNoticeStore } from "../notices/store";
import { createBookingStore } from "../store";
import { requestBooking, rescheduleBooking } from "./service";

let product: Product<Dependencies>;
let database: Dependencies["database"];

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
  ({ database } = product.deps);
});
afterAll(() => product.close());

const now = "2026-11-24T08:00:00Z";
const depsAt = (time = now) => ({ ...product.deps, clock: () => new Date(time) });

const person = async (displayName?: string) =>
  actorFor(await createUser(database.pool, { role: "verified_user", displayName }));
async function host(facts: BookableFacts = {}) {
  const user = await createBookableHost(database.pool, facts);
  return { ...actorFor(user), username: user.username ?? "" };
}
type Host = Awaited<ReturnType<typeof host>>;
const placeAt = ({ username }: Host, start: string, durationMinutes = 30) => ({
  hostUsername: username,
  start,
  durationMinutes,
});

async function reservedBy(bookingId: string) {
  const { rows } = await database.pool.query<{ user_id: string; during: string; hosted_from: Date | null }>(
    `SELECT user_id, lower(during) AS lower, upper(during) AS upper, hosted_from FROM reserved_times
     WHERE booking_id = $1 ORDER BY hosted_from NULLS LAST`,
    [bookingId],
  );
  return rows;
}

async function jobsOf(bookingId: string) {
  await createNoticeStore(database).announce(new Date(now));
  const { rows } = await database.pool.query(
    `SELECT task.identifier AS task, job.payload, job.run_at, job.key FROM graphile_worker._private_jobs job
     JOIN graphile_worker._private_tasks task ON task.id = job.task_id
     WHERE job.payload->>'bookingId' = $1 ORDER BY job.id`,
    [bookingId],
  );
  return rows.map(({ task, payload, run_at, key }) => ({ task, ...payload, key, runAt: run_at.toISOString() }));
}

/** Until so many statements wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await vi.waitUntil(async () => (await database.pool.query(waiting)).rowCount === count, { timeout: 10_000 });
}

describe("a request", () => {
  test("is confirmed at once, at the price of now, and takes both people's time", async () => {
    const [ann, caller] = [
      await host({ displayName: "Ann", rateCents: 250, bufferBeforeMinutes: 10, bufferAfterMinutes: 5 }),
      await person("Bob"),
    ];
    const booking = await requestBooking(depsAt(), caller, {
      ...placeAt(ann, "2026-11-26T10:00:00Z"),
      note: "  About the thesis  ".trim(),
      timezone: "Europe/Berlin",
    });
    expect(booking).toEqual({
      id: booking.id,
      hostId: ann.userId,
      hostUsername: ann.username,
      hostDisplayName: "Ann",
      callerId: caller.userId,
      callerDisplayName: "Bob",
      start: "2026-11-26T10:00:00.000Z",
      end: "2026-11-26T10:30:00.000Z",
      durationMinutes: 30,
      status: "confirmed",
      note: "About the thesis",
      rateCents: 250,
      priceCents: 7500,
      endedBy: null,
      reason: null,
      sequence: 0,
      createdAt: "2026-11-24T08:00:00.000Z",
    });
    expect(await reservedBy(booking.id)).toEqual([
      {
        user_id: ann.userId,
        lower: new Date("2026-11-26T09:50:00Z"),
        upper: new Date("2026-11-26T10:35:00Z"),
        hosted_from: new Date("2026-11-26T10:00:00Z"),
      },
      {
        user_id: caller.userId,
        lower: new Date("2026-11-26T10:00:00Z"),
        upper: new Date("2026-11-26T10:30:00Z"),
        hosted_from: null,
      },
    ]);
    const { rows } = await database.pool.query("SELECT caller_timezone FROM bookings WHERE id = $1", [booking.id]);
    expect(rows).toEqual([{ caller_timezone: "Europe/Berlin" }]);
  });

  test("orders what is told of it and its reminders with it", async () => {
    const [ann, caller] = [await host(), await person()];
    const { id } = await requestBooking(depsAt(), caller, placeAt(ann, "2026-11-26T10:00:00Z"));
    expect(await jobsOf(id)).toMatchObject([
      { task: "notifications.tellOfBooking", event: "confirmed", sequence: 0 },
      { task: "notifications.remind", key: `remind:${id}:24h`, runAt: "2026-11-25T10:00:00.000Z" },
      { task: "notifications.remind", key: `remind:${id}:15m`, runAt: "2026-11-26T09:45:00.000Z" },
    ]);
  });

  test("waits for a host who wants to consent, and takes the time meanwhile", async () => {
    const [ann, caller, other] = [await host({ requiresConsent: true }), await person(), await person()];
    const place = placeAt(ann, "2026-11-26T10:00:00Z");
    const booking = await requestBooking(depsAt(), caller, place);
    expect(booking.status).toBe("requested");
    expect(await jobsOf(booking.id)).toMatchObject([{ task: "notifications.tellOfBooking", event: "requested" }]);
    await expect(requestBooking(depsAt(), other, place)).rejects.toMatchObject({ code: "conflict" });
  });

  test("keeps its price when the rate changes", async () => {
    const [ann, caller] = [await host({ rateCents: 100 }), await person()];
    const { id } = await requestBooking(depsAt(), caller, placeAt(ann, "2026-11-26T10:00:00Z", 60));
    await database.pool.query("UPDATE users SET rate_cents = 900 WHERE id = $1", [ann.userId]);
    expect(await createBookingStore(database).find(caller.userId, id)).toMatchObject({
      rateCents: 100,
      priceCents: 6000,
    });
    const moved = await rescheduleBooking(depsAt(), caller, { id, start: "2026-11-26T12:00:00Z" });
    expect(moved).toMatchObject({ rateCents: 100, priceCents: 6000 });
  });

  test("finds a host by a name that they bore", async () => {
    const [ann, caller] = [await host(), await person()];
    await database.pool.query("UPDATE users SET username = $2 WHERE id = $1", [
      ann.userId,
      `x${ann.username.slice(1)}`,
    ]);
    const booking = await requestBooking(depsAt(), caller, placeAt(ann, "2026-11-26T10:00:00Z"));
    expect(booking).toMatchObject({ hostId: ann.userId, hostUsername: `x${ann.username.slice(1)}` });
  });

  test("may come from a host, about another's page", async () => {
    const [ann, bob] = [await host(), await host()];
    const booking = await requestBooking(depsAt(), bob, placeAt(ann, "2026-11-26T10:00:00Z"));
    expect(booking).toMatchObject({ hostId: ann.userId, callerId: bob.userId });
    // The time is bob's own as well: his page is closed then.
    await expect(requestBooking(depsAt(), await person(), placeAt(bob, "2026-11-26T10:00:00Z"))).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a request is refused, and changes nothing,", () => {
  async function refused(actor: Parameters<typeof requestBooking>[1], input: Parameters<typeof requestBooking>[2]) {
    const count = async () =>
      (
        await database.pool.query(
          "SELECT (SELECT count(*) FROM bookings) AS b, (SELECT count(*) FROM reserved_times) AS r, (SELECT count(*) FROM graphile_worker._private_jobs) AS j",
        )
      ).rows[0];
    const before = await count();
    const error = await requestBooking(depsAt(), actor, input).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(await count()).toEqual(before);
    return error;
  }

  test("before the e-mail address is proven", async () => {
    const stranger = actorFor(await createUser(database.pool));
    expect(await refused(stranger, placeAt(await host(), "2026-11-26T10:00:00Z"))).toMatchObject({ code: "forbidden" });
  });

  test("on one's own page", async () => {
    const ann = await host();
    expect(await refused(ann, placeAt(ann, "2026-11-26T10:00:00Z"))).toMatchObject({
      code: "validation_error",
      details: { hostUsername: "must be another person's" },
    });
  });

  test.each(["2026-11-24T08:00:00Z", "2026-11-24T07:30:00Z", "0000-01-01T00:00:00Z"])(
    "for an instant that is past: %s",
    async (start) => {
      expect(await refused(await person(), placeAt(await host(), start))).toMatchObject({
        code: "validation_error",
        details: { start: "must lie in the future" },
      });
    },
  );

  test("for a length that is not offered", async () => {
    expect(await refused(await person(), placeAt(await host(), "2026-11-26T10:00:00Z", 45))).toMatchObject({
      code: "validation_error",
      details: { durationMinutes: "is not a length that this host offers" },
    });
  });

  test("where there is no such host", async () => {
    const visitor = await createUser(database.pool, { role: "verified_user", username: "visitor-only" });
    for (const hostUsername of ["nobody-at-all", "not a name", visitor.username ?? ""]) {
      expect(
        await refused(await person(), { hostUsername, start: "2026-11-26T10:00:00Z", durationMinutes: 30 }),
      ).toMatchObject({ code: "not_found", message: "Host not found" });
    }
  });

  test("where it is not open, with openings that are", async () => {
    const ann = await host({ hours: [9 * 60, 11 * 60] });
    const conflict = {
      code: "conflict",
      details: {
        start:
          "is no longer open; the next openings are 2026-11-26T09:00:00Z, 2026-11-26T09:30:00Z, 2026-11-26T10:00:00Z, 2026-11-26T10:30:00Z, 2026-11-27T09:00:00Z",
      },
    };
    expect(await refused(await person(), placeAt(ann, "2026-11-26T08:30:00Z"))).toMatchObject(conflict);
    await createOverrideStore(database).replace(ann.userId, ["2026-11-25"], []);
    // The date is closed.
    expect(await refused(await person(), placeAt(ann, "2026-11-25T09:30:00Z"))).toMatchObject(conflict);
  });

  test("where the host closes the date while it is under way", async () => {
    const ann = await host({ hours: [9 * 60, 11 * 60] });
    const place = placeAt(ann, "2026-11-26T09:00:00Z");
    // Known from now on, as they are to whoever books often.
    await requestBooking(depsAt(), await person(), placeAt(ann, "2026-11-26T10:00:00Z"));
    const connection = await database.pool.connect();
    try {
      await connection.query("BEGIN");
      await connection.query("SELECT FROM schedules WHERE user_id = $1 FOR UPDATE", [ann.userId]);
      const closing = createOverrideStore(database).replace(ann.userId, ["2026-11-26"], []);
      await untilWaiting(1);
      const refusal = refused(await person(), place);
      await untilWaiting(2);
      await connection.query("COMMIT");
      expect(await closing).toBe("saved");
      expect(await refusal).toMatchObject({ code: "conflict" });
    } finally {
      connection.release();
    }
  });

  test.each(["2026-11-26T10:00:00.001Z", "2026-11-26T10:15:00Z", "2099-01-01T00:00:00Z", "9999-12-31T23:30:00Z"])(
    "off the grid, or out of the window: %s",
    async (start) => {
      expect(await refused(await person(), placeAt(await host(), start))).toMatchObject({
        code: "conflict",
        details: { start: expect.stringContaining("is no longer open") },
      });
    },
  );

  test("where somebody else has been faster", async () => {
    const [ann, place] = [await host(), "2026-11-26T10:00:00Z"];
    await requestBooking(depsAt(), await person(), placeAt(ann, place));
    const error = await refused(await person(), placeAt(ann, place));
    expect(error).toMatchObject({
      code: "conflict",
      details: { start: expect.stringContaining("the next openings are 2026-11-26T10:30:00Z, ") },
    });
    expect(await refused(await person(), placeAt(ann, "2026-11-26T09:30:00Z", 60))).toMatchObject({ code: "conflict" });
  });

  test("where its caller is with somebody else", async () => {
    const [ann, bob, caller] = [await host(), await host(), await person()];
    await requestBooking(depsAt(), caller, placeAt(ann, "2026-11-26T10:00:00Z"));
    expect(await refused(caller, placeAt(bob, "2026-11-26T09:30:00Z", 60))).toMatchObject({
      code: "conflict",
      details: { start: "overlaps another booking of yours" },
    });
    await requestBooking(depsAt(), caller, placeAt(bob, "2026-11-26T10:30:00Z"));
  });

  test("where the host's day is full", async () => {
    const ann = await host({ maxPerDay: 1 });
    await requestBooking(depsAt(), await person(), placeAt(ann, "2026-11-26T10:00:00Z"));
    expect(await refused(await person(), placeAt(ann, "2026-11-26T15:00:00Z"))).toMatchObject({ code: "conflict" });
    await requestBooking(depsAt(), await person(), placeAt(ann, "2026-11-27T00:00:00Z"));
  });

  test("for somebody whose account has gone meanwhile", async () => {
    const caller = await person();
    await database.pool.query("DELETE FROM users WHERE id = $1", [caller.userId]);
    expect(await refused(caller, placeAt(await host(), "2026-11-26T10:00:00Z"))).toMatchObject({
      code: "unauthorized",
    });
  });
});

describe("moving a booking", () => {
  const start = "2026-11-26T10:00:00Z";
  async function booked(facts: BookableFacts = {}) {
    const [ann, caller] = [await host(facts), await person()];
    return { ann, caller, booking: await requestBooking(depsAt(), caller, placeAt(ann, start)) };
  }

  test("takes the new place and gives the old one back", async () => {
    const { ann, caller, booking } = await booked({ maxPerDay: 1 });
    const moved = await rescheduleBooking(depsAt(), caller, { id: booking.id, start: "2026-11-26T14:00:00Z" });
    expect(moved).toEqual({
      ...booking,
      start: "2026-11-26T14:00:00.000Z",
      end: "2026-11-26T14:30:00.000Z",
      sequence: 1,
    });
    expect(await createBookingStore(database).find(ann.userId, booking.id)).toEqual(moved);
    expect(await reservedBy(booking.id)).toHaveLength(2);
    expect(await jobsOf(booking.id)).toMatchObject([
      { task: "notifications.tellOfBooking", event: "confirmed", sequence: 0 },
      { task: "notifications.remind", key: `remind:${booking.id}:24h`, runAt: "2026-11-25T14:00:00.000Z" },
      { task: "notifications.remind", key: `remind:${booking.id}:15m`, runAt: "2026-11-26T13:45:00.000Z" },
      { task: "notifications.tellOfBooking", event: "rescheduled", sequence: 1 },
    ]);
  });

  test("may overlap where it was", async () => {
    const { ann, caller, booking } = await booked({ stepMinutes: 15, bufferBeforeMinutes: 15 });
    for (const [actor, to] of [
      [caller, "2026-11-26T10:15:00Z"],
      [ann, "2026-11-26T09:45:00Z"],
    ] as const) {
      expect(await rescheduleBooking(depsAt(), actor, { id: booking.id, start: to })).toMatchObject({
        status: "confirmed",
      });
    }
  });

  test("asks the host again where the host wants to consent and the caller moves it", async () => {
    const { ann, caller, booking } = await booked();
    await database.pool.query("UPDATE booking_rules SET requires_consent = true WHERE host_id = $1", [ann.userId]);
    const byHost = await rescheduleBooking(depsAt(), ann, { id: booking.id, start: "2026-11-26T14:00:00Z" });
    expect(byHost.status).toBe("confirmed");
    const byCaller = await rescheduleBooking(depsAt(), caller, { id: booking.id, start: "2026-11-26T15:00:00Z" });
    expect(byCaller).toMatchObject({ status: "requested", sequence: 2 });
    const reminders = (await jobsOf(booking.id)).filter(({ task }) => task === "notifications.remind");
    expect(reminders).toEqual([]);
  });

  test("works for a length that the host has ceased to offer", async () => {
    const { ann, caller, booking } = await booked();
    await database.pool.query("UPDATE booking_rules SET durations_minutes = '{60}' WHERE host_id = $1", [ann.userId]);
    const moved = await rescheduleBooking(depsAt(), caller, { id: booking.id, start: "2026-11-26T14:00:00Z" });
    expect(moved.durationMinutes).toBe(30);
  });

  test("is refused for a place that is not open, and leaves the booking where it is", async () => {
    const { ann, caller, booking } = await booked();
    await requestBooking(depsAt(), await person(), placeAt(ann, "2026-11-26T14:00:00Z"));
    const to = { id: booking.id, start: "2026-11-26T14:00:00Z" };
    await expect(rescheduleBooking(depsAt(), caller, to)).rejects.toMatchObject({
      code: "conflict",
      details: { start: expect.stringContaining("the next openings are 2026-11-26T14:30:00Z, ") },
    });
    expect(await createBookingStore(database).find(caller.userId, booking.id)).toEqual(booking);
    expect(await reservedBy(booking.id)).toHaveLength(2);
  });

  test("is refused to a time at which the caller has something else, whoever moves it", async () => {
    const { ann, caller, booking } = await booked();
    await requestBooking(depsAt(), caller, placeAt(await host(), "2026-11-26T14:00:00Z"));
    const to = { id: booking.id, start: "2026-11-26T14:00:00Z" };
    await expect(rescheduleBooking(depsAt(), caller, to)).rejects.toMatchObject({
      details: { start: "overlaps another booking of yours" },
    });
    await expect(rescheduleBooking(depsAt(), ann, to)).rejects.toMatchObject({
      code: "conflict",
      details: { start: "is when the caller has something else" },
    });
  });

  test("is refused into the past, to where it is, after its start, and once it has ended", async () => {
    const { caller, booking } = await booked();
    const { id } = booking;
    const move = (to: string, time?: string) => rescheduleBooking(depsAt(time), caller, { id, start: to });
    await expect(move("2026-11-24T08:00:00Z")).rejects.toMatchObject({ details: { start: "must lie in the future" } });
    await expect(move(start)).rejects.toMatchObject({ details: { start: "is when it begins already" } });
    await expect(move("2026-11-27T10:00:00Z", start)).rejects.toMatchObject({ code: "conflict", details: null });
    await database.pool.query("UPDATE bookings SET status = 'cancelled', ended_by = 'host' WHERE id = $1", [id]);
    await expect(move("2026-11-27T10:00:00Z")).rejects.toMatchObject({ code: "conflict", details: null });
  });

  test("is nobody else's", async () => {
    const { booking } = await booked();
    const to = "2026-11-27T10:00:00Z";
    for (const id of [booking.id, uuidv7()]) {
      await expect(rescheduleBooking(depsAt(), await person(), { id, start: to })).rejects.toMatchObject({
        code: "not_found",
        message: "Booking not found",
      });
    }
  });
});
