import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BookingStatus } from "./rules";
import { agendaInput, listInput } from "./schema";
import { getAgenda, getBooking, listBookings } from "./service";
import { createBookingStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let deps: { bookings: ReturnType<typeof createBookingStore>; clock(): Date };
let ann: ReturnType<typeof actorFor>;
let bob: ReturnType<typeof actorFor>;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  deps = { bookings: createBookingStore(database), clock: () => new Date("2026-11-24T10:10:00Z") };
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
beforeEach(async () => {
  ann = actorFor(await createUser(database.pool, { role: "host", displayName: "Ann" }));
  bob = actorFor(await createUser(database.pool, { role: "host", displayName: "Bob" }));
});

type Actor = typeof ann;

/** Half an hour on a day of November, written by hand: what is read may have come about in any way. */
async function insert(host: Actor, caller: Actor, day: number, time = "10:00", status: BookingStatus = "confirmed") {
  const id = uuidv7();
  const start = `2026-11-${String(day).padStart(2, "0")}T${time}:00Z`;
  const endedBy = status === "declined" || status === "cancelled" ? "host" : null;
  await database.pool.query(
    `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents, ended_by)
     VALUES ($1, $2, $3, $4, $5::timestamptz, $5::timestamptz + interval '30 minutes', 100, 3000, $6)`,
    [id, host.userId, caller.userId, status, start, endedBy],
  );
  return id;
}

const list = async (actor: Actor, query: Partial<(typeof listInput)["_output"]> = {}) => {
  const { items, ...page } = await listBookings(deps, actor, listInput.parse(query));
  return { ids: items.map(({ id }) => id), ...page };
};

describe("a list", () => {
  test("has what is still to happen, soonest first, or else all the rest, latest first", async () => {
    const past = await insert(ann, bob, 20, "10:00", "completed");
    const unsettled = await insert(ann, bob, 24, "09:00");
    const underway = await insert(ann, bob, 24, "10:00");
    const later = await insert(ann, bob, 28);
    const requested = await insert(ann, bob, 27, "10:00", "requested");
    const cancelled = await insert(ann, bob, 29, "10:00", "cancelled");
    expect((await list(ann)).ids).toEqual([underway, requested, later]);
    expect((await list(ann, { when: "past" })).ids).toEqual([cancelled, unsettled, past]);
  });

  test("has both sides, or the one asked for", async () => {
    const hosted = await insert(ann, bob, 25);
    const called = await insert(bob, ann, 26);
    expect((await list(ann)).ids).toEqual([hosted, called]);
    expect((await list(ann, { as: "host" })).ids).toEqual([hosted]);
    expect((await list(ann, { as: "caller" })).ids).toEqual([called]);
    expect((await list(actorFor(await createUser(database.pool)))).ids).toEqual([]);
  });

  test("comes by the page", async () => {
    const ids: string[] = [];
    for (const day of [25, 26, 27, 28, 29]) ids.push(await insert(ann, bob, day));
    expect(await list(ann, { page: 2, perPage: 2 })).toEqual({ ids: ids.slice(2, 4), page: 2, perPage: 2, total: 5 });
    expect(await list(ann, { page: 4, perPage: 2 })).toEqual({ ids: [], page: 4, perPage: 2, total: 5 });
  });
});

describe("an agenda", () => {
  test("has whatever shares time with the stretch, of every status, by start", async () => {
    await insert(ann, bob, 24, "09:30");
    const overlapping = await insert(ann, bob, 24, "09:45", "cancelled");
    const within = await insert(bob, ann, 25);
    const last = await insert(ann, bob, 26, "09:59");
    await insert(ann, bob, 26, "10:00", "expired");
    const stretch = { from: "2026-11-24T10:00:00Z", to: "2026-11-26T10:00:00Z" };
    const ids = async (as?: "host" | "caller") =>
      (await getAgenda(deps, ann, { ...stretch, as })).bookings.map(({ id }) => id);
    expect(await ids()).toEqual([overlapping, within, last]);
    expect(await ids("host")).toEqual([overlapping, last]);
    expect(await ids("caller")).toEqual([within]);
  });

  test.each([
    ["2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z", "must be after from"],
    ["2026-11-24T10:00:00Z", "2026-11-23T10:00:00Z", "must be after from"],
    ["2026-11-24T10:00:00Z", "2027-01-25T10:00:00.001Z", "must be at most 62 days after from"],
  ])("is not asked for from %s to %s", (from, to, message) => {
    expect(agendaInput.safeParse({ from, to }).error?.issues).toMatchObject([{ path: ["to"], message }]);
    expect(agendaInput.safeParse({ from: "2026-11-24T10:00:00Z", to: "2027-01-25T10:00:00Z" }).success).toBe(true);
  });
});

test("a booking is found by its two sides alone, and tells no e-mail address", async () => {
  const id = await insert(ann, bob, 25);
  const booking = await getBooking(deps, ann, { id });
  expect(booking).toMatchObject({ id, hostDisplayName: "Ann", callerDisplayName: "Bob", durationMinutes: 30 });
  expect(await getBooking(deps, bob, { id })).toEqual(booking);
  expect(JSON.stringify(booking)).not.toContain("@");
  for (const one of [id, uuidv7()]) {
    await expect(getBooking(deps, actorFor(await createUser(database.pool)), { id: one })).rejects.toMatchObject({
      code: "not_found",
    });
  }
});
