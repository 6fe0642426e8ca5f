import { setTimeout as wait } from "node:timers/promises";
import { startWorker } from "@parley/db/jobs";
import type { Pool } from "pg";

type Tasks = Parameters<typeof startWorker>[0]["tasks"];

/** Runs every job that is due, and those that these cause, with a real worker. Throws where one of them failed. */
export async function runDueJobs(pool: Pool, tasks: Tasks): Promise<void> {
  const worker = await startWorker({ pool, tasks });
  try {
    while (await hasRows(pool, "SELECT 1 FROM graphile_worker.jobs WHERE run_at <= now()")) await wait(20);
  } finally {
    await worker.stop();
  }
  const { rows } = await pool.query<{ task_identifier: string; last_error: string }>(
    "SELECT task_identifier, last_error FROM graphile_worker.jobs WHERE last_error IS NOT NULL",
  );
  const [failed] = rows;
  if (failed !== undefined) throw new Error(`the job ${failed.task_identifier} failed: ${failed.last_error}`);
}

async function hasRows(pool: Pool, query: string): Promise<boolean> {
  return (await pool.query(query)).rows.length > 0;
}
