import { freshDatabase } from "@parley/testing";
import { expect } from "vitest";
import { type Database, openDatabase } from "../src/database";
import { type EnqueueOptions, enqueue, startWorker, type WorkerOptions } from "../src/jobs";

interface JobRow {
  task_identifier: string;
  payload: unknown;
  run_at: Date;
  max_attempts: number;
  key: string | null;
  queue_name: string | null;
}

/** Jobs of a database of their own, and workers that end with it. */
export interface JobRuns {
  database: Database;
  add(task: string, payload: object, options?: EnqueueOptions): Promise<void>;
  /** What waits or runs, in the order in which it was added. */
  jobs(): Promise<JobRow[]>;
  work(options: Omit<WorkerOptions, "pool">): Promise<{ stop(): Promise<void> }>;
  /** A worker that only writes down what it was given. @returns the payloads so far, and those to come. */
  collect(...names: string[]): Promise<unknown[]>;
  close(): Promise<void>;
}

export async function openJobRuns(): Promise<JobRuns> {
  const fresh = await freshDatabase();
  const database = openDatabase({ url: fresh.url });
  const stops: (() => Promise<void>)[] = [];

  async function work(options: Omit<WorkerOptions, "pool">) {
    const worker = await startWorker({ pool: database.pool, ...options });
    let isStopped = false;
    const stop = async () => {
      if (!isStopped) await worker.stop();
      isStopped = true;
    };
    stops.push(stop);
    return { stop };
  }

  return {
    database,
    add: (task, payload, options) => enqueue(database.pool, task, payload, options),
    jobs: async () => (await database.pool.query<JobRow>("SELECT * FROM graphile_worker.jobs ORDER BY id")).rows,
    work,
    async collect(...names) {
      const done: unknown[] = [];
      const note = async (payload: unknown) => void done.push(payload);
      await work({ tasks: Object.fromEntries(names.map((name) => [name, note])) });
      return done;
    },
    async close() {
      for (const stop of stops.reverse()) await stop();
      await database.close();
      await fresh.close();
    },
  };
}

export const becomes = (read: () => unknown) => expect.poll(read, { timeout: 20_000 });
