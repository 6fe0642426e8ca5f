import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Embedded, startEmbedded } from "./embedded";
import { findPostmaster, isRunning, type Postmaster } from "./embedded/postmaster";

// Every test makes clusters and starts processes, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

let root: string;
let dataDir: string;
const cleanUps: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "parley-embedded-"));
  dataDir = path.join(root, "data");
  // What mkdtemp makes is closed to PostgreSQL's user; only one test is about that.
  await chmod(root, 0o755);
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await rm(root, { recursive: true, force: true });
});

// Where a test crashes the server it has to be a durable one: with `fast` the last commits would be lost.
async function start({ fast = true } = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, fast, shelterDir: path.join(root, "shelter") });
  cleanUps.push(() => embedded.stop());
  return embedded;
}

interface Holder {
  url: string;
  owned: boolean;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** The same in another process, in a process group of its own as a shell would give it. */
async function startBeside({ fast = true } = {}): Promise<Holder> {
  const script = path.resolve(import.meta.dirname, "../test/hold-server.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir, fast ? "fast" : "durable"], {
    cwd: path.resolve(import.meta.dirname, ".."),
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const stop = async () => {
    child.stdin?.end("\n");
    await exited;
  };
  cleanUps.push(stop);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { ...(JSON.parse(line) as { url: string; owned: boolean }), process: child, stop };
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function postmaster(): Promise<Postmaster> {
  const found = await findPostmaster(path.join(dataDir, "postgres"));
  if (found === null) throw new Error("no server runs");
  return found;
}

async function killAndWait(server: Postmaster): Promise<void> {
  process.kill(server.pid, "SIGKILL");
  while (await isRunning(server)) await delay(10);
}

async function killHolder({ process: child }: Holder): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

describe("one process", () => {
  it("starts a server, and starts it again with its data and on its port", async () => {
    const first = await start();
    expect(first.owned).toBe(true);
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
    const server = await postmaster();
    await first.stop();
    expect(await isRunning(server)).toBe(false);

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  });

  it("listens on the loopback alone and keeps a random password to itself", async () => {
    const { url } = await start();
    expect(await query(url, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    const { password } = new URL(url);
    expect(password).toHaveLength(32);
    expect((await stat(path.join(dataDir, "postgres-password"))).mode & 0o777).toBe(0o600);
    const guess = new URL(url);
    guess.password = "postgres";
    await expect(query(guess.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  });

  it("lower-cases and compares text in Unicode, whatever locales the system has", async () => {
    const { url } = await start();
    expect(await query(url, "SELECT lower('ÄÇΣ') AS low, version() LIKE 'PostgreSQL 18%' AS is_18")).toEqual([
      { low: "äçσ", is_18: true },
    ]);
  });

  it("starts a server again that dies, on the same port and with everything that was committed", async () => {
    const { url } = await start({ fast: false });
    await query(url, "CREATE TABLE kept AS SELECT 7 AS n");
    await killAndWait(await postmaster());
    await expect
      .poll(() => query(url, "SELECT n FROM kept").catch(() => null), { timeout: 60_000 })
      .toEqual([{ n: 7 }]);
  });

  it("starts after a crash whose process id another program has got meanwhile", async () => {
    const first = await start();
    await first.stop();
    const cluster = path.join(dataDir, "postgres");
    const { uid, gid } = await stat(cluster);
    const other = spawn("sleep", ["60"], { uid, gid, stdio: "ignore" });
    cleanUps.push(async () => other.kill());
    await writeFile(
      path.join(cluster, "postmaster.pid"),
      `${other.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`,
    );
    const second = await start();
    expect(await query(second.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  });

  it("makes a cluster afresh where the first attempt was cut short", async () => {
    await mkdir(path.join(dataDir, "postgres.new/base"), { recursive: true });
    const { url } = await start();
    expect(await query(url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  });

  it("lives in a data directory that its own user cannot enter", async () => {
    await mkdir(dataDir, { mode: 0o700 });
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
    const isRoot = process.getuid?.() === 0;
    expect((await lstat(path.join(dataDir, "postgres"))).isSymbolicLink()).toBe(isRoot);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    await first.stop();
    const second = await start();
    expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  });

  it("says what is wrong when the server cannot start", async () => {
    await (await start()).stop();
    await writeFile(path.join(dataDir, "postgres/PG_VERSION"), "9.6\n");
    await expect(start()).rejects.toThrow(/initialized by PostgreSQL version 9\.6/);
  });
});

describe("several processes", () => {
  it("start together and share one server; the last to leave shuts it down", async () => {
    const holders = await Promise.all([startBeside(), startBeside(), start()]);
    expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
    expect(holders.filter(({ owned }) => owned)).toHaveLength(1);
    const server = await postmaster();
    const [first, second, third] = holders;
    await first.stop();
    await third.stop();
    expect(await query(second.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
    await second.stop();
    expect(await isRunning(server)).toBe(false);
  });

  it("outlive a killed owner: the server goes on, and whoever comes next owns it", async () => {
    const owner = await startBeside();
    await query(owner.url, "CREATE TABLE kept AS SELECT 7 AS n");
    const server = await postmaster();
    await killHolder(owner);
    const heir = await start();
    expect(heir).toMatchObject({ url: owner.url, owned: true });
    expect(await postmaster()).toEqual(server);
    expect(await query(heir.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    await heir.stop();
    expect(await isRunning(server)).toBe(false);
  });

  it("outlive a machine's failure: owner and server killed, everything that was committed is there", async () => {
    const owner = await startBeside({ fast: false });
    await query(owner.url, "CREATE TABLE kept AS SELECT 7 AS n");
    const server = await postmaster();
    await killHolder(owner);
    await killAndWait(server);
    const next = await start({ fast: false });
    expect(next.owned).toBe(true);
    expect(await query(next.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  });

  it("keep the server through a Ctrl-C, until its owner is done", async () => {
    const owner = await startBeside();
    const { process: child } = owner;
    if (child.pid === undefined || child.stdout === null) throw new Error("the process did not start");
    const heard = once(createInterface(child.stdout), "line");
    process.kill(-child.pid, "SIGINT");
    expect(await heard).toEqual(["SIGINT"]);
    expect(await query(owner.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
    const server = await postmaster();
    await owner.stop();
    expect(await isRunning(server)).toBe(false);
    expect(await readFile(path.join(dataDir, "postgres.log"), "utf8")).toContain("database system is shut down");
  });
});
