import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { becomes, type JobRuns, openJobRuns } from "../test/job-runs";
import type { Database } from "./database";
import { enqueue, enqueueAll, removeJobs } from "./jobs";

let runs: JobRuns;
let database: Database;

beforeEach(async () => {
  runs = await openJobRuns();
  ({ database } = runs);
});
afterEach(() => runs.close());

describe("removeJobs", () => {
  it("takes back what waits under keys, with the transaction, and minds nothing that is not there", async () => {
    for (const jobKey of ["one", "two", "other"]) await runs.add("a.task", {}, { jobKey });
    await expect(
      database.prisma.$transaction(async (tx) => {
        await removeJobs(tx, ["one"]);
        throw new Error("changed our mind");
      }),
    ).rejects.toThrow("changed our mind");
    expect((await runs.jobs()).map(({ key }) => key)).toEqual(["one", "two", "other"]);
    await removeJobs(database.pool, ["one", "two", "never was"]);
    await database.prisma.$transaction((tx) => removeJobs(tx, ["one"]));
    await removeJobs(database.pool, []);
    expect((await runs.jobs()).map(({ key }) => key)).toEqual(["other"]);
  });
});

describe("enqueueAll", () => {
  it("adds several jobs, each with its options, and replaces what waits under their keys", async () => {
    const runAt = new Date("2030-05-01T12:34:56.789Z");
    await runs.add("a.task", { n: 0 }, { jobKey: "key" });
    const orders = [
      { task: "a.task", payload: { n: 1, name: "Zoë 'quoted'" }, runAt, jobKey: "key", maxAttempts: 3 },
      { task: "b.task", payload: { n: 2 }, queueName: "queue" },
    ];
    await database.prisma.$transaction((tx) => enqueueAll(tx, orders));
    await enqueueAll(database.pool, [{ task: "c.task", payload: {} }]);
    await enqueueAll(database.pool, []);
    expect(await runs.jobs()).toMatchObject([
      { task_identifier: "a.task", run_at: runAt, key: "key", max_attempts: 3, queue_name: null },
      { task_identifier: "b.task", key: null, max_attempts: 25, queue_name: "queue" },
      { task_identifier: "c.task", key: null, max_attempts: 25, queue_name: null },
    ]);
    const done = await runs.collect("a.task", "b.task", "c.task");
    await becomes(() => done).toEqual(expect.arrayContaining([{ n: 2 }, {}]));
    await becomes(async () => (await runs.jobs()).map(({ key }) => key)).toEqual(["key"]);
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
      expect(await runs.jobs()).toEqual([]);
    });
    expect(await runs.jobs()).toMatchObject([
      { task_identifier: "a.task", run_at: runAt, max_attempts: 3, key: "key", queue_name: "queue" },
    ]);
    expect(await runs.collect("a.task")).toEqual([]);
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
    expect(await runs.jobs()).toEqual([]);
  });

  it("keeps one job a key: the later replaces the earlier", async () => {
    await runs.add("a.task", { n: 1 }, { jobKey: "key" });
    await runs.add("a.task", { n: 2 }, { jobKey: "key" });
    const done = await runs.collect("a.task");
    await becomes(() => done).toEqual([{ n: 2 }]);
  });
});
