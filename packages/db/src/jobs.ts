import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import {
  Logger,
  parseCronItems,
  type Runner,
  type RunnerOptions,
  run,
  runMigrations,
  type WorkerEvents,
} from "graphile-worker";
import type pg from "pg";
import type { Transaction } from "./database";
import { keepLease, type Lease } from "./worker-lease";

export interface EnqueueOptions {
  /** Default: at once. */
  runAt?: Date;
  /** A job that waits under the same key is replaced: at most one is pending. */
  jobKey?: string;
  /** Default 25, with exponential back-off. */
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. Default: none, and they run side by side. */
  queueName?: string;
}

const addJob = `SELECT FROM graphile_worker.add_job($1::text, payload := $2::json, run_at := $3::timestamptz,
  job_key := $4::text, max_attempts := $5::int, queue_name := $6::text)`;

export type JobConnection = Transaction | pg.ClientBase | pg.Pool;

/**
 * Puts a job where the transaction puts everything else: it exists if and only if the transaction commits.
 * Takes a transaction of Prisma's, or a client or pool of pg's.
 */
export async function enqueue(
  tx: JobConnection,
  task: string,
  payload: object,
  { runAt, jobKey, maxAttempts, queueName }: EnqueueOptions = {},
): Promise<void> {
  // As text, because Prisma would send a Date without its zone.
  const at = runAt?.toISOString() ?? null;
  const values = [task, JSON.stringify(payload), at, jobKey ?? null, maxAttempts ?? null, queueName ?? null];
  await execute(tx, addJob, values);
}

export interface JobOrder extends EnqueueOptions {
  task: string;
  payload: object;
}

const addJobs = `SELECT FROM json_to_recordset($1::json) AS job (
    task text, payload json, "runAt" timestamptz, "jobKey" text, "maxAttempts" int, "queueName" text),
  LATERAL graphile_worker.add_job(job.task, payload := job.payload, run_at := job."runAt", job_key := job."jobKey",
    max_attempts := job."maxAttempts", queue_name := job."queueName")`;

/** As `enqueue`, several by one statement, for transactions that are short. */
export async function enqueueAll(tx: JobConnection, orders: readonly JobOrder[]): Promise<void> {
  if (orders.length > 0) await execute(tx, addJobs, [JSON.stringify(orders)]);
}

const removeAll = "SELECT FROM unnest($1::text[]) AS key, LATERAL graphile_worker.remove_job(key)";

/** Takes back the jobs that wait under these keys, if any. One that runs comes to its end, but is not retried. */
export async function removeJobs(tx: JobConnection, jobKeys: readonly string[]): Promise<void> {
  if (jobKeys.length > 0) await execute(tx, removeAll, [jobKeys]);
}

async function execute(tx: JobConnection, statement: string, values: unknown[]): Promise<void> {
  if ("$executeRawUnsafe" in tx) await tx.$executeRawUnsafe(statement, ...values);
  else await tx.query(statement, values);
}

/** Creates or updates the job tables. */
export async function migrateJobs(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool, logger: silent });
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

/**
 * Runs jobs until it is stopped; `stop` waits for those that are under way. A runner that gives up (it does when the
 * database refuses to hear of a job's end) is replaced, and jobs of processes that died are run again.
 */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { pool, concurrency = 4, log } = options;
  const runnerOptions = {
    pgPool: pool,
    taskList: taskList(options.tasks),
    parsedCronItems: cronItems(options.crontab ?? ""),
    concurrency,
    noHandleSignals: true,
    // Without a delay, even none, nobody listens when a job's end cannot be told, and that would end this process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: log === undefined ? silent : forward(log),
  };
  const stopping = new AbortController();
  let current = await startRunner(runnerOptions);

  async function replaceWhatEnds(): Promise<void> {
    for (;;) {
      const end = await endOf(current);
      await current.lease.release();
      if (stopping.signal.aborted) return;
      log?.warn(end, "the job runner ended; starting another");
      current = await startAgain();
      // Stopped meanwhile: nobody else knows of this one.
      if (stopping.signal.aborted) current.runner.stop().catch(() => {});
    }
  }
  async function startAgain(): Promise<Running> {
    for (;;) {
      await delay(retryMs, undefined, { signal: stopping.signal });
      try {
        return await startRunner(runnerOptions);
      } catch (err) {
        log?.warn({ err }, "the job runner could not start");
      }
    }
  }
  // Only an abort while it waits makes it fail.
  const replacing = replaceWhatEnds().catch(() => {});

  return {
    async stop() {
      stopping.abort();
      // It may have ended by itself, and then there is nothing left to stop; or be unable to, and then nobody waits.
      current.runner.stop().catch(() => {});
      await replacing;
    },
  };
}

interface Running {
  runner: Runner;
  lease: Lease;
  /** Resolves where the runner gives up. */
  failed: Promise<unknown>;
}

const retryMs = 1_000;
/** How long a runner that gave up may take to let its other jobs end. */
const lastMs = 5_000;

/**
 * Resolves once a runner has ended. One that gave up is supposed to end by itself, but waits for ever where the ends of
 * several jobs could not be told (graphile-worker 0.18 counts them wrong), so after a while it counts as ended.
 */
function endOf({ runner, failed }: Running): Promise<{ err?: unknown }> {
  const ended = runner.promise.then(
    () => ({}),
    (err: unknown) => ({ err }),
  );
  const abandoned = failed.then(async (err) => {
    await Promise.race([ended, delay(lastMs, undefined, { ref: false })]);
    // Ends its crontab too.
    runner.stop().catch(() => {});
    return { err };
  });
  return Promise.race([ended, abandoned]);
}

async function startRunner(options: RunnerOptions & { pgPool: pg.Pool }): Promise<Running> {
  const events: WorkerEvents = new EventEmitter();
  const created = new Promise<string>((resolve) =>
    events.once("pool:create", ({ workerPool }) => resolve(workerPool.id)),
  );
  const failed = new Promise<unknown>((resolve) => events.once("pool:fatalError", ({ error }) => resolve(error)));
  const runner = await run({ ...options, events });
  return { runner, lease: keepLease(options.pgPool, await created), failed };
}

function taskList(tasks: WorkerOptions["tasks"]) {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown, { job }: { job: { attempts: number; max_attempts: number } }) =>
        task(payload, { attempt: job.attempts, isLastAttempt: job.attempts >= job.max_attempts }),
    ]),
  );
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
    const facts = { ...scope, err: meta?.error };
    if (level === "error") log.error(facts, message);
    else if (level === "warning") log.warn(facts, message);
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
