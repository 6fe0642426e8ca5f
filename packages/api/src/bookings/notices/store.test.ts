import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import { runDueJobs } from "@parley/testing/run-jobs";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createNoticeStore, noteNews } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let told: string[];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
beforeEach(async () => {
  told = [];
  await database.pool.query("DELETE FROM bookings");
});

const now = new Date("2026-11-24T08:00:00Z");

async function insertBooking(status = "confirmed"): Promise<string> {
  const [host, caller, id] = [await createUser(database.pool), await createUser(database.pool), uuidv7()];
  await database.pool.query(
    `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents, ended_by)
     VALUES ($1, $2, $3, $4::booking_status, '2099-11-26T10:00Z', '2099-11-26T10:30Z', 100, 3000,
       CASE WHEN $4 = 'cancelled' THEN 'host'::booking_party END)`,
    [id, host.id, caller.id, status],
  );
  return id;
}

async function note(id: string, sequence: number, news: Parameters<typeof noteNews>[2]): Promise<void> {
  const client = await database.pool.connect();
  await noteNews(client, { id, sequence }, news).finally(() => client.release());
}

/** A worker that writes down what it is told to tell. */
const run = (store = createNoticeStore(database)) =>
  runDueJobs(database.pool, {
    "bookings.announce": () => store.announce(now),
    "notifications.tellOfBooking": async (payload) => {
      told.push(spelt(payload));
    },
    "notifications.remind": async () => {
      throw new Error("reminders are not due");
    },
  });

function spelt(payload: unknown): string {
  const { bookingId, event, sequence } = payload as { bookingId: string; event: string; sequence: number };
  return `${bookingId} ${sequence} ${event}`;
}

async function counts() {
  const { rows } = await database.pool.query<{ notes: number; reminders: number }>(
    `SELECT (SELECT count(*)::int FROM booking_notices) AS notes,
       (SELECT count(*)::int FROM graphile_worker.jobs WHERE task_identifier = 'notifications.remind') AS reminders`,
  );
  return rows[0];
}

describe("what is noted", () => {
  test("is told in order once a worker is woken, with reminders of what stands", async () => {
    const [id, store] = [await insertBooking(), createNoticeStore(database)];
    await note(id, 0, "requested");
    await note(id, 1, "confirmed");
    await store.wake();
    await run(store);
    expect(told).toEqual([`${id} 0 requested`, `${id} 1 confirmed`]);
    expect(await counts()).toEqual({ notes: 0, reminders: 2 });
    await database.pool.query("SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs");
  });

  test("is told by the next one who comes by, where the process died before it woke anybody", async () => {
    const id = await insertBooking("cancelled");
    await note(id, 3, "cancelled");
    await createNoticeStore(database).announce(now);
    await run();
    expect(told).toEqual([`${id} 3 cancelled`]);
    expect(await counts()).toEqual({ notes: 0, reminders: 0 });
  });

  test("is ordered once, however many announce it at the same time, and however much it is", async () => {
    const id = await insertBooking("cancelled");
    await database.pool.query(
      "INSERT INTO booking_notices (booking_id, sequence, news) SELECT $1, n, 'rescheduled' FROM generate_series(1, 250) AS n",
      [id],
    );
    await Promise.all([1, 2, 3, 4].map(() => createNoticeStore(database).announce(now)));
    expect(await orderedOf(id)).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    expect(await counts()).toEqual({ notes: 0, reminders: 0 });
  });

  test("by many at once needs few orders, and none of it is left out", async () => {
    const [id, store] = [await insertBooking("cancelled"), createNoticeStore(database)];
    const sequences = Array.from({ length: 40 }, (_, index) => index);
    let orders = 0;
    await Promise.all(sequences.map((sequence) => note(id, sequence, "rescheduled").then(store.wake)));
    await expect
      .poll(
        async () => {
          const { rowCount } = await database.pool.query(
            "DELETE FROM graphile_worker._private_jobs WHERE key = 'bookings.announce'",
          );
          if (rowCount === 1) await store.announce(now);
          orders += rowCount ?? 0;
          return (await orderedOf(id)).length;
        },
        { timeout: 20_000 },
      )
      .toBe(40);
    expect(await orderedOf(id)).toEqual(sequences);
    expect(orders).toBeLessThan(40);
  });
});

/** The sequences of the news that is ordered of a booking. */
async function orderedOf(id: string): Promise<number[]> {
  const { rows } = await database.pool.query<{ sequence: number }>(
    `SELECT (payload->>'sequence')::int AS sequence FROM graphile_worker._private_jobs
     WHERE payload->>'bookingId' = $1 ORDER BY sequence`,
    [id],
  );
  return rows.map(({ sequence }) => sequence);
}
