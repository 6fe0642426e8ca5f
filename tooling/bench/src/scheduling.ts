import { createCaller } from "@parley/api";
import { type Dependencies, openDependencies } from "@parley/api/dependencies";
import { findOpenings } from "@parley/api/rules/schedule/openings";
import { readWallClock, walkOpenings } from "@parley/testing/minute-walk";
import pg from "pg";
import { p95Milliseconds } from "./load";
import { busyHost, openHosts } from "./schedules";
import type { Work } from "./works";

const day = 24 * 60 * 60_000;
const durationMinutes = 30;
const bookingsAtOnce = 16;

/** The procedures themselves, without a transport. */
export async function openProcedures(databaseUrl: string, dataDir: string): Promise<Dependencies> {
  const ignore = () => {};
  return openDependencies({
    dataDir,
    databaseUrl,
    poolSize: bookingsAtOnce,
    ...{ apiUrl: "http://127.0.0.1", webUrl: "http://127.0.0.1", assetsUrl: "http://127.0.0.1/objects" },
    mailFrom: "Parley <hello@parley.localhost>",
    areLimitsOn: false,
    log: { info: ignore, warn: ignore, error: ignore },
  });
}

export function schedulingWorks(deps: Dependencies, databaseUrl: string): Work[] {
  return [openingsWork(deps), openingsReadWork(deps, databaseUrl), bookingWork(deps, databaseUrl)];
}

const month = () => {
  const now = Date.now();
  return { now, from: now, to: now + 31 * day };
};

/** What is computed once the rows are there, a second, against walking through the same 31 days minute by minute. */
function openingsWork(deps: Dependencies): Work {
  return {
    name: "openings of 31 days, 5,000 bookings",
    unit: "calls/s",
    goal: 50,
    async measure(seconds) {
      const period = month();
      const found = await deps.openings.findHostByUsername(busyHost, { ...period, from: 0 });
      if (found === null) throw new Error("the busy host is not there");
      const request = { ...found.schedule, ...period, durationMinutes };
      const { timezone } = found.schedule;
      const walk = () => walkOpenings(request, readWallClock(timezone, period.from - 17 * day, period.to + 2 * day));
      if (JSON.stringify(walk()) !== JSON.stringify(findOpenings(request))) throw new Error("the two do not agree");
      return { ours: callsPerSecond(seconds, () => findOpenings(request)), peer: callsPerSecond(seconds, walk) };
    },
  };
}

/** p95 of the procedure, input and output validated, against that of the statement that reads the rows. */
function openingsReadWork(deps: Dependencies, databaseUrl: string): Work {
  const caller = createCaller({ actor: null, client: null, requestId: "bench", deps });
  const rows = `SELECT s.timezone, r.during, r.hosted_from
    FROM users u JOIN schedules s ON s.user_id = u.id
      JOIN reserved_times r ON r.user_id = u.id AND r.during && tstzrange($2, $3)
    WHERE u.username = $1`;
  return {
    name: "schedule.openings of 31 days, 5,000 bookings",
    unit: "ms p95",
    goal: 1 / 2,
    async measure(seconds) {
      const calls = Array.from({ length: seconds * 100 }, (_, index) => index);
      const period = month();
      const [from, to] = [new Date(period.from).toISOString(), new Date(period.to).toISOString()];
      const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
      const peer = await p95Milliseconds(calls, 1, () =>
        pool.query({ name: "rows", text: rows, values: [busyHost, from, to] }),
      );
      await pool.end();
      const ours = await p95Milliseconds(calls, 1, () =>
        caller.schedule.openings({ username: busyHost, from, to, durationMinutes }),
      );
      return { ours, peer };
    },
  };
}

/** Bookings a second, all that a booking does included, against the bare insert that the same constraint guards. */
function bookingWork(deps: Dependencies, databaseUrl: string): Work {
  const insert = `WITH booked AS (
      INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents)
      SELECT $1, h.id, c.id, 'confirmed', $4, $5, 250, 7500 FROM users h, users c WHERE h.username = $2 AND c.username = $3
    )
    INSERT INTO reserved_times (id, user_id, during, hosted_from, booking_id)
    SELECT gen_random_uuid(), id, tstzrange($4, $5), CASE WHEN username = $2 THEN $4::timestamptz END, $1
    FROM users WHERE username IN ($2, $3)`;
  const base = Math.ceil((Date.now() + day) / day) * day;
  let ourCount = 0;
  let peerCount = 0;
  return {
    name: "bookings.request",
    unit: "bookings/s",
    goal: 0.6,
    async measure(seconds) {
      const pool = new pg.Pool({ connectionString: databaseUrl, max: bookingsAtOnce });
      const peer = await completedPerSecond(seconds, async () => {
        const { host, caller, start } = placeOf(peerCount++, base, 3_000);
        const end = new Date(start + durationMinutes * 60_000);
        const id = crypto.randomUUID();
        await pool.query({ name: "insert", text: insert, values: [id, host, caller, new Date(start), end] });
      });
      await pool.end();
      const { rows } = await deps.database.pool.query<{ id: string; username: string }>(
        "SELECT id, username FROM users WHERE username ~ '^host-2[0-9]{4}$'",
      );
      const ids = new Map(rows.map(({ id, username }) => [username, id]));
      const ours = await completedPerSecond(seconds, async () => {
        const { host, caller, start } = placeOf(ourCount++, base, 2_000);
        const userId = ids.get(caller) ?? "";
        const actor = { userId, role: "host" as const, sessionId: "", scopes: ["*"] };
        const procedures = createCaller({ actor, client: null, requestId: "bench", deps });
        const wanted = { hostUsername: host, start: new Date(start).toISOString(), durationMinutes };
        await procedures.bookings.request(wanted);
      });
      return { ours, peer };
    },
  };
}

/** Nobody's yet: every host has a half-hour after the other, and no caller two at once. */
function placeOf(count: number, base: number, firstHost: number): { host: string; caller: string; start: number } {
  return {
    host: `host-${firstHost + (count % openHosts)}`,
    // Those who book and those who are only inserted are others, since both do so at the same times.
    caller: `host-${10 * firstHost + (count % 10_000)}`,
    start: base + Math.floor(count / openHosts) * durationMinutes * 60_000,
  };
}

/** How long it takes to find who is free within a month, of all who keep hours: the whole request, in seconds. */
export async function freeHostsSeconds(rest: string): Promise<number> {
  const { from, to } = month();
  const period = `from=${new Date(from).toISOString().slice(0, 19)}Z&to=${new Date(to).toISOString().slice(0, 19)}Z`;
  const since = performance.now();
  const response = await fetch(`${rest}/v1/schedule/free-hosts?${period}&duration_minutes=${durationMinutes}`);
  const { pagination } = (await response.json()) as { pagination: { total: number } };
  if (pagination.total < 900) throw new Error(`only ${pagination.total} hosts are free`);
  return (performance.now() - since) / 1_000;
}

function callsPerSecond(seconds: number, act: () => unknown): number {
  const since = performance.now();
  let count = 0;
  for (; performance.now() - since < seconds * 1_000; count += 1) act();
  return (count / (performance.now() - since)) * 1_000;
}

async function completedPerSecond(seconds: number, act: () => Promise<void>): Promise<number> {
  const since = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: bookingsAtOnce }, async () => {
      for (; performance.now() - since < seconds * 1_000; count += 1) await act();
    }),
  );
  return (count / (performance.now() - since)) * 1_000;
}
