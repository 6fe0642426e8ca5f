import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { becomes, type JobRuns, openJobRuns } from "../test/job-runs";
import type { Database } from "./database";
import { jobCounts } from "./jobs";

let runs: JobRuns;
let database: Database;

beforeEach(async () => {
  runs = await openJobRuns();
  ({ database } = runs);
});
afterEach(() => runs.close());

describe("the worker", () => {
  it("runs jobs with their payload, and not before their time", async () => {
    const done = await runs.collect("a.task");
    await runs.add("a.task", { later: true }, { runAt: new Date(Date.now() + 3_600_000) });
    await runs.add("a.task", { text: "ünï" });
    await becomes(() => done).toEqual([{ text: "ünï" }]);
    await becomes(() => jobCounts(database.pool)).toEqual({ waiting: 1, running: 0, failed: 0 });
  });

  it("tells a job which attempt it is, tries again, counts it as failed in the end, and logs", async () => {
    const attempts: unknown[] = [];
    const logged: { facts: object; message: string }[] = [];
    const note = (facts: object, message: string) => void logged.push({ facts, message });
    await runs.work({
      tasks: {
        "a.task": async (_, { attempt, isLastAttempt }) => {
          attempts.push({ attempt, isLastAttempt });
          throw new Error("the mail server is away");
        },
      },
      log: { info: note, warn: note, error: note },
    });
    await runs.add("a.task", {}, { maxAttempts: 2 });
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
    await runs.work({
      tasks: {
        "a.task": async (payload) => {
          most = Math.max(most, ++running);
          await database.pool.query("SELECT pg_sleep(0.02)");
          running--;
          done.push(payload);
        },
      },
    });
    for (let n = 0; n < 5; n++) await runs.add("a.task", { n }, { queueName: "queue" });
    await becomes(() => done).toHaveLength(5);
    expect(most).toBe(1);
  });

  it("waits, when stopped, for the job under way", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let isRunning = false;
    const worker = await runs.work({
      tasks: {
        "a.task": async () => {
          isRunning = true;
          await finished;
        },
      },
    });
    await runs.add("a.task", {});
    await becomes(() => isRunning).toBe(true);
    expect(await jobCounts(database.pool)).toEqual({ waiting: 0, running: 1, failed: 0 });
    const stopped = worker.stop();
    finish();
    await stopped;
    expect(await runs.jobs()).toEqual([]);
  });

  it("takes a crontab with dots in the names of its jobs", async () => {
    await runs.work({ tasks: { "a.task": async () => {} }, crontab: "7 * * * * a.task\n\n  0 4 * * * other.task\n" });
    await becomes(
      async () =>
        (await database.pool.query("SELECT identifier FROM graphile_worker._private_known_crontabs ORDER BY 1")).rows,
    ).toEqual([{ identifier: "a.task" }, { identifier: "other.task" }]);
  });

  it("goes on after the database has ended every connection", async () => {
    const done = await runs.collect("a.task");
    await runs.add("a.task", { n: 1 });
    await becomes(() => done).toHaveLength(1);
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await becomes(() => runs.add("a.task", { n: 2 }).then(() => "added")).toBe("added");
    await becomes(() => done).toContainEqual({ n: 2 });
  });

  it.each([1, 3])("goes on with another runner where the ends of %i jobs could not be reported", async (count) => {
    const ends: (() => void)[] = [];
    const done: unknown[] = [];
    const logged: string[] = [];
    const note = (_: object, message: string) => void logged.push(message);
    const worker = await runs.work({
      concurrency: count,
      tasks: {
        "held.task": () => new Promise<void>((resolve) => void ends.push(resolve)),
        "a.task": async (payload) => void done.push(payload),
      },
      log: { info: note, warn: note, error: note },
    });
    for (let n = 0; n < count; n++) await runs.add("held.task", { n });
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
    await runs.add("a.task", { n: 100 });
    await becomes(() => done).toEqual([{ n: 100 }]);
    await becomes(() => jobCounts(database.pool)).toEqual({ waiting: 0, running: count, failed: 0 });
    await worker.stop();
  });

  it("frees the jobs of a process that was killed, and only those", async () => {
    const script = path.resolve(import.meta.dirname, "../test/hold-job.ts");
    const child = spawn(process.execPath, ["--import", "tsx", script, database.url], {
      cwd: path.resolve(import.meta.dirname, ".."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await exited;
    });
    await runs.add("a.task", { n: 1 });
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
    const first = await runs.work({ tasks });
    await runs.add("a.task", { n: 2 });
    await becomes(() => done).toEqual([{ n: 2 }]);
    await first.stop();
    expect(await jobCounts(database.pool)).toEqual({ waiting: 0, running: 1, failed: 0 });

    child.kill("SIGKILL");
    await exited;
    await ageLocks();
    await runs.work({ tasks });
    await becomes(() => done).toEqual([{ n: 2 }, { n: 1 }]);
  });
});
