import { Logger, makeWorkerUtils, parseCronItems, run } from "graphile-worker";
import type pg from "pg";
import type { Transaction } from "./database";

export interface EnqueueOptions {
  /** Default: at once. */
  runAt?: Date;
  /** A job that waits under the same key is replaced: at most one is pending. */
  jobKey?: string;
  /** Default 25, with exponential back-off. */
  maxAttempts?: number;
}

/** Puts a job where the transaction puts everything else: it exists if and only if the transaction commits. */
export async function enqueue(
  tx: Transaction,
  task: string,
  payload: object,
  options: EnqueueOptions = {},
): Promise<void> {
  await tx.$executeRaw`SELECT graphile_worker.add_job(${task}::text, payload := ${JSON.stringify(payload)}::json,
    run_at := ${options.runAt ?? null}::timestamptz, job_key := ${options.jobKey ?? null}::text,
    max_attempts := ${options.maxAttempts ?? null}::int)`;
}

/** Creates or updates the job tables. */
export async function migrateJobs(pool: pg.Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: pool, logger: silent });
  try {
    await utils.migrate();
  } finally {
    await utils.release();
  }
}

const silent = new Logger(() => () => {});

export interface JobHelpers {
  attempt: number;
  isLastAttempt: boolean;
}

export type Task = (payload: unknown, helpers: JobHelpers) => Promise<void>;

export interface JobLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface WorkerOptions {
  pool: pg.Pool;
  tasks: Readonly<Record<string, Task>>;
  /** Lines of "minute hour day month weekday task", in UTC. */
  crontab?: string;
  /** Default 4. */
  concurrency?: number;
  log?: JobLog;
}

/** Runs jobs until it is stopped; `stop` waits for those that are under way. */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const taskList = Object.fromEntries(
    Object.entries(options.tasks).map(([name, task]) => [
      name,
      (payload: unknown, { job }: { job: { attempts: number; max_attempts: number } }) =>
        task(payload, { attempt: job.attempts, isLastAttempt: job.attempts >= job.max_attempts }),
    ]),
  );
  const runner = await run({
    pgPool: options.pool,
    taskList,
    parsedCronItems: cronItems(options.crontab ?? ""),
    concurrency: options.concurrency ?? 4,
    noHandleSignals: true,
    logger: options.log === undefined ? silent : forward(options.log),
  });
  return { stop: () => runner.stop() };
}

/** Its own crontab reader refuses a dot in a task's name; given item by item, any name will do. */
function cronItems(crontab: string) {
  const lines = crontab.split("\n").map((line) => line.trim().split(/\s+/));
  return parseCronItems(
    lines
      .filter((words) => words.length > 1)
      .map((words) => ({ match: words.slice(0, 5).join(" "), task: words.slice(5).join(" ") })),
  );
}

function forward(log: JobLog): Logger {
  return new Logger((scope) => (level, message, meta) => {
    // Levels below a warning tell of every job; failures alone are worth a line.
    if (level === "error") log.error({ ...scope, ...meta }, message);
    else if (level === "warning") log.warn({ ...scope, ...meta }, message);
  });
}

/** How many jobs wait, run, and have given up. */
export async function jobCounts(pool: pg.Pool): Promise<{ waiting: number; running: number; failed: number }> {
  const { rows } = await pool.query<{ waiting: number; running: number; failed: number }>(`
    SELECT count(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts)::int AS waiting,
           count(*) FILTER (WHERE locked_at IS NOT NULL)::int AS running,
           count(*) FILTER (WHERE locked_at IS NULL AND attempts >= max_attempts)::int AS failed
    FROM graphile_worker.jobs`);
  return rows[0] ?? { waiting: 0, running: 0, failed: 0 };
}
