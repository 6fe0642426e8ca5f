import { actorFor, type BookableFacts, createUser } from "@parley/testing/factories";
import { openProduct, type Product } from "@parley/testing/product";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hostIn, jobsOf, placeAt, reservedBy, visitorIn } from "../../../test/bookings";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createOverrideStore } from "../../schedule/overrides/store";
import { createTasks } from "../../worker";
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

const person = (displayName?: string) => visitorIn(database.pool, displayName);
const host = (facts?: BookableFacts) => hostIn(database.pool, facts);

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
    expect(await reservedBy(database.pool, booking.id)).toEqual([
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
    expect(await jobsOf(product.deps, id, now)).toMatchObject([
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
    expect(await jobsOf(product.deps, booking.id, now)).toMatchObject([
      { task: "notifications.tellOfBooking", event: "requested" },
    ]);
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
