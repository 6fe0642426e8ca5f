import pg from "pg";

/** The sign by which other processes know that a worker lives. */
export interface Lease {
  release(): Promise<void>;
}

const tendMs = 15_000;
// A worker may take a job a moment before its lease is there.
const graceSeconds = 10;

const takeLease = "SELECT pg_advisory_lock(hashtextextended($1, 0))";

const freeJobsOfTheDead = `WITH dead AS (
    SELECT locked_by FROM (
      SELECT DISTINCT locked_by FROM graphile_worker.jobs
      WHERE locked_by <> $1 AND locked_at < now() - interval '${graceSeconds} seconds'
    ) AS holders WHERE pg_try_advisory_xact_lock(hashtextextended(locked_by, 0))
  )
  SELECT graphile_worker.force_unlock_workers(array_agg(locked_by)) FROM dead HAVING count(*) > 0`;

/**
 * Keeps a lock in the database under the worker's id, which PostgreSQL lets go of when the process dies, and frees the
 * jobs of workers whose lock is gone. Left alone, the job runner would wait four hours for a process that was killed.
 * The connection is its own, so that it takes none from the pool; when it is lost, the next round makes another.
 */
export function keepLease(pool: pg.Pool, workerId: string): Lease {
  let client: pg.Client | null = null;
  let isReleased = false;
  let round = tend();
  const timer = setInterval(() => {
    round = round.then(tend);
  }, tendMs);
  timer.unref();

  async function tend(): Promise<void> {
    if (isReleased) return;
    try {
      client ??= await connect();
      await client.query(freeJobsOfTheDead, [workerId]);
    } catch {
      await disconnect();
    }
  }
  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({ ...pool.options, application_name: "parley-worker" });
    // The loss shows in the next round.
    next.on("error", () => {});
    try {
      await next.connect();
      await next.query(takeLease, [workerId]);
      return next;
    } catch (error) {
      next.end().catch(() => {});
      throw error;
    }
  }
  async function disconnect(): Promise<void> {
    const last = client;
    client = null;
    await last?.end().catch(() => {});
  }

  return {
    async release() {
      isReleased = true;
      clearInterval(timer);
      await round;
      await disconnect();
    },
  };
}
