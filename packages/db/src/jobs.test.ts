import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type FreshDatabase, freshDatabase } from "@parley/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./database";
import {
  type EnqueueOptions,
  enqueue,
  enqueueAll,
  jobCounts,
  removeJobs,
  startWorker,
  type WorkerOptions,
} from "./jobs";

let fresh: FreshDatabase;
let database: Database;
const cleanUps: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await database.close();
  await fresh.close();
});

async function work(options: Omit<WorkerOptions, "pool">) {
  const worker = await startWorker({ pool: database.pool, ...options });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await worker.stop();
    isStopped = true;
  };
  cleanUps.push(stop);
  return { stop };
}

/** A worker that only writes down what it was given. */
async function collect(...names: string[]) {
  const done: unknown[] = [];
  const note = async (payload: unknown) => void done.push(payload);
  await work({ tasks: Object.fromEntries(names.map((name) => [name, note])) });
  return done;
}

const add = (task: string, payload: object, options?: EnqueueOptions) => enqueue(database.pool, task, payload, options);
const becomes = (read: () => unknown) => expect.poll(read, { timeout: 20_000 });

interface JobRow {
  task_identifier: string;
  payload: unknown;
  run_at: Date;
  max_attempts: number;
  key: string | null;
  queue_name: string | null;
}

const jobs = async () => (await database.pool.query<JobRow>("SELECT * FROM graphile_worker.jobs ORDER BY id")).rows;

describe("removeJobs", () => {
  it("takes back what waits under keys, with the transaction, and minds nothing that is not there", async () => {
    for (const jobKey of ["one", "two", "other"]) await add("a.task", {}, { jobKey });
    await expect(
      database.prisma.$transaction(async (tx) => {
        await removeJobs(tx, ["one"]);
        throw new Error("changed our mind");
      }),
    ).rejects.toThrow("changed our mind");
    expect((await jobs()).map(({ key }) => key)).toEqual(["one", "two", "other"]);
    await removeJobs(database.pool, ["one", "two", "never was"]);
    await database.prisma.$transaction((tx) => removeJobs(tx, ["one"]));
    await removeJobs(database.pool, []);
    expect((await jobs()).map(({ key }) => key)).toEqual(["other"]);
  });
});

describe("enqueueAll", () => {
  it("adds several jobs, each with its options, and replaces what waits under their keys", async () => {
    const runAt = new Date("2030-05-01T12:34:56.789Z");
    await add("a.task", { n: 0 }, { jobKey: "key" });
    const orders = [
      { task: "a.task", payload: { n: 1, name: "Zoë 'quoted'" }, runAt, jobKey: "key", maxAttempts: 3 },
      { task: "b.task", payload: { n: 2 }, queueName: "queue" },
    ];
    await database.prisma.$transaction((tx) => enqueueAll(tx, orders));
    await enqueueAll(database.pool, [{ task: "c.task", payload: {} }]);
    await enqueueAll(database.pool, []);
    expect(await jobs()).toMatchObject([
      { task_identifier: "a.task", run_at: runAt, key: "key", max_attempts: 3, queue_name: null },
      { task_identifier: "b.task", key: null, max_attempts: 25, queue_name: "queue" },
      { task_identifier: "c.task", key: null, max_attempts: 25, queue_name: null },
    ]);
    const done = await collect("a.task", "b.task", "c.task");
    await becomes(() => done).toEqual(expect.arrayContaining([{ n: 2 }, {}]));
    await becomes(async () => (await jobs()).map(({ key }) => key)).toEqual(["key"]);
  });
});

describe("enqueue", () => {
  it("adds a job with the transaction that causes it, and with all its options", async () => {
    const runAt = new Date("2030-05-01T12:34:56.789Z");
    await database.prisma.$transaction(async (tx) => {
      await enqueue(
        tx,
        "a.task",
        { name: "Zoë \u{1f600} 'quoted'" },
        { runAt, jobKey: "key", maxAttempts: 3, queueName: "queue" },
      );
      expect(await jobs()).toEqual([]);
    });
    expect(await jobs()).toMatchObject([
      { task_identifier: "a.task", run_at: runAt, max_attempts: 3, key: "key", queue_name: "queue" },
    ]);
    expect(await collect("a.task")).toEqual([]);
  });

  it("adds nothing where the transaction is rolled back, Prisma's or pg's", async () => {
    const failing = database.prisma.$transaction(async (tx) => {
      await enqueue(tx, "a.task", {});
      throw new Error("changed our mind");
    });
    await expect(failing).rejects.toThrow("changed our mind");
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await enqueue(client, "a.task", {});
    await client.query("ROLLBACK");
    client.release();
    expect(await jobs()).toEqual([]);
  });

  it("keeps one job a key: the later replaces the earlier", async () => {
    await add("a.task", { n: 1 }, { jobKey: "key" });
    await add("a.task", { n: 2 }, { jobKey: "key" });
    const done = await collect("a.task");
    await becomes(() => done).toEqual([{ n: 2 }]);
  });
});

describe("the worker", () => {
  it("runs jobs with their payload, and not before their time", async () => {
    const done = await collect("a.task");
    await add("a.task", { later: true }, { runAt: new Date(Date.now() + 3_600_000) });
    await add("a.task", { text: "ünï" });
    await becomes(() => done).toEqual([{ text: "ünï" }]);
    await becomes(() => jobCounts(database.pool)).toEqual({ waiting: 1, running: 0, failed: 0 });
  });

  it("tells a job which attempt it is, tries again, counts it as failed in the end, and logs", async () => {
    const attempts: unknown[] = [];
    const logged: { facts: object; message: string }[] = [];
    const note = (facts: object, message: string) => void logged.push({ facts, message });
    await work({
      tasks: {
        "a.task": async (_, { attempt, isLastAttempt }) => {
          attempts.push({ attempt, isLastAttempt });
          throw new Error("the mail server is away");
        },
      },
      log: { info: note, warn: note, error: note },
    });
    await add("a.task", {}, { maxAttempts: 2 });
    await becomes(() => attempts).toHaveLength(1);
    // Between attempts it would wait for seconds.
    await becomes(async () => {
      await database.pool.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL");
      return attempts;
    }).toEqual([
      { attempt: 1, isLastAttempt: false },
      { attempt: 2, isLastAttempt: true },
    ]);
    await becomes(() => jobCounts(database.pool)).toEqual({ waiting: 0, running: 0, failed: 1 });
    expect(logged.some(({ message }) => message.includes("the mail server is away"))).toBe(true);
  });

  it("runs the jobs of one queue one after the other", async () => {
    let running = 0;
    let most = 0;
    const done: unknown[] = [];
    await work({
      tasks: {
        "a.task": async (payload) => {
          most = Math.max(most, ++running);
          await database.pool.query("SELECT pg_sleep(0.02)");
          running--;
          done.push(payload);
        },
      },
    });
    for (let n = 0; n < 5; n++) await add("a.task", { n }, { queueName: "queue" });
    await becomes(() => done).toHaveLength(5);
    expect(most).toBe(1);
  });

  it("waits, when stopped, for the job under way", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let isRunning = false;
    const worker = await work({
      tasks: {
        "a.task": async () => {
          isRunning = true;
          await finished;
        },
      },
    });
    await add("a.task", {});
    await becomes(() => isRunning).toBe(true);
    expect(await jobCounts(database.pool)).toEqual({ waiting: 0, running: 1, failed: 0 });
    const stopped = worker.stop();
    finish();
    await stopped;
    expect(await jobs()).toEqual([]);
  });

  it("takes a crontab with dots in the names of its jobs", async () => {
    await work({ tasks: { "a.task": async () => {} }, crontab: "7 * * * * a.task\n\n  0 4 * * * other.task\n" });
    await becomes(
      async () =>
        (await database.pool.query("SELECT identifier FROM graphile_worker._private_known_crontabs ORDER BY 1")).rows,
    ).toEqual([{ identifier: "a.task" }, { identifier: "other.task" }]);
  });

  it("goes on after the database has ended every connection", async () => {
    const done = await collect("a.task");
    await add("a.task", { n: 1 });
    await becomes(() => done).toHaveLength(1);
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await becomes(() => add("a.task", { n: 2 }).then(() => "added")).toBe("added");
    await becomes(() => done).toContainEqual({ n: 2 });
  });

  it.each([1, 3])("goes on with another runner where the ends of %i jobs could not be reported", async (count) => {
    const ends: (() => void)[] = [];
    const done: unknown[] = [];
    const logged: string[] = [];
    const note = (_: object, message: string) => void logged.push(message);
    const worker = await work({
      concurrency: count,
      tasks: {
        "held.task": () => new Promise<void>((resolve) => void ends.push(resolve)),
        "a.task": async (payload) => void done.push(payload),
      },
      log: { info: note, warn: note, error: note },
    });
    for (let n = 0; n < count; n++) await add("held.task", { n });
    await becomes(() => ends).toHaveLength(count);

    // Each report waits for the table, so that each is one of its own, and then the table is not there.
    const client = await database.pool.connect();
    await client.query("BEGIN; ALTER TABLE graphile_worker._private_jobs RENAME TO hidden");
    const reports = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'delete%'
      AND datname = current_database()`;
    for (const [n, end] of ends.entries()) {
      end();
      await becomes(async () => (await database.pool.query(reports)).rows).toHaveLength(n + 1);
    }
    await client.query("COMMIT");
    client.release();
    await becomes(() => logged).toContain("the job runner ended; starting another");

    await database.pool.query("ALTER TABLE graphile_worker.hidden RENAME TO _private_jobs");
    await add("a.task", { n: 100 });
    await becomes(() => done).toEqual([{ n: 100 }]);
    await becomes(() => jobCounts(database.pool)).toEqual({ waiting: 0, running: count, failed: 0 });
    await worker.stop();
  });

  it("frees the jobs of a process that was killed, and only those", async () => {
    const script = path.resolve(import.meta.dirname, "../test/hold-job.ts");
    const child = spawn(process.execPath, ["--import", "tsx", script, fresh.url], {
      cwd: path.resolve(import.meta.dirname, ".."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    cleanUps.push(async () => {
      child.kill("SIGKILL");
      await exited;
    });
    await add("a.task", { n: 1 });
    await once(child.stdout, "data");
    await becomes(
      async () => (await database.pool.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).rows,
    ).toHaveLength(1);

    const ageLocks = () =>
      database.pool.query(
        "UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute' WHERE locked_at IS NOT NULL",
      );
    const done: unknown[] = [];
    const tasks = { "a.task": async (payload: unknown) => void done.push(payload) };
    await ageLocks();
    const first = await work({ tasks });
    await add("a.task", { n: 2 });
    await becomes(() => done).toEqual([{ n: 2 }]);
    await first.stop();
    expect(await jobCounts(database.pool)).toEqual({ waiting: 0, running: 1, failed: 0 });

    child.kill("SIGKILL");
    await exited;
    await ageLocks();
    await work({ tasks });
    await becomes(() => done).toEqual([{ n: 2 }, { n: 1 }]);
  });
});
