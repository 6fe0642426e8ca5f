import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type Binaries, findBinaries } from "./embedded/binaries";
import { ensureCluster, readPassword } from "./embedded/cluster";
import { type Home, marksOf, openHome } from "./embedded/home";
import { exclusively, leaveMark, liveMarks } from "./embedded/marks";
import { findPostmaster, isRunning, type Postmaster } from "./embedded/postmaster";
import { type ServerOptions, startServer, stopServer, waitForServer } from "./embedded/server";

export interface EmbeddedOptions {
  /** The server's files go into `postgres` in here. */
  dataDir: string;
  log?(message: string): void;
  /** No durability, for tests. */
  fast?: boolean;
  /** Where files go that PostgreSQL's user cannot reach in `dataDir` or `node_modules`. Default /var/lib/parley. */
  shelterDir?: string;
}

export interface Embedded {
  /** Of the database `parley`; the user is the server's superuser. */
  url: string;
  /** False where another living process was using the server already. */
  owned: boolean;
  /** Ends this use. The last one to leave shuts the server down, and returns when it is gone. */
  stop(): Promise<void>;
}

const databaseName = "parley";
const watchMs = 500;

/**
 * PostgreSQL out of an npm package. Starts it, or joins the one that runs on these files already: left behind by a
 * process that was killed, or started by one beside this one. Every process that uses the server leaves a mark, and
 * while any use lasts, a server that dies is started again on the same port.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { fast = false, shelterDir = "/var/lib/parley", log = () => {} } = options;
  const dataDir = path.resolve(options.dataDir);
  const marks = marksOf(dataDir);
  await mkdir(marks, { recursive: true });

  const { url, owned, use, watch, home } = await exclusively(
    marks,
    async () => {
      const owned = (await liveMarks(marks, "user")).length === 0;
      const home = await openHome(dataDir, shelterDir, log);
      const binaries = await findBinaries(home.account, shelterDir, log);
      const start = () => joinOrStart(home, binaries, { fast, log });
      await ensureCluster(home, binaries, { fast, log });
      const server = await start();
      const url = await ensureDatabase(home, server);
      const use = await leaveMark(marks, "user");
      return { url, owned, use, home, watch: keepRunning(server, marks, start, log) };
    },
    log,
  );

  return {
    url,
    owned,
    async stop() {
      watch.stop();
      await exclusively(marks, async () => {
        await use.remove();
        const server = await findPostmaster(home.cluster);
        if (server !== null && (await liveMarks(marks, "user")).length === 0) await stopServer(server, log);
      });
    },
  };
}

async function joinOrStart(home: Home, binaries: Binaries, options: ServerOptions): Promise<Postmaster> {
  const running = await findPostmaster(home.cluster);
  const joined = running === null ? null : await waitForServer(home.cluster, running);
  return joined ?? startServer(home, binaries, options);
}

/** Also the proof that the server answers, and with our password. */
async function ensureDatabase(home: Home, { port }: Postmaster): Promise<string> {
  const password = await readPassword(home);
  const urlOf = (name: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${name}`;
  try {
    await query(urlOf(databaseName), "SELECT 1");
  } catch (error) {
    const isMissing = error instanceof pg.DatabaseError && error.code === "3D000";
    if (!isMissing) throw error;
    await query(urlOf("postgres"), `CREATE DATABASE ${databaseName}`);
  }
  return urlOf(databaseName);
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Looks after the server's process. Two looks apart, so that a restart by hand is left to whoever does it. */
function keepRunning(
  server: Postmaster,
  marks: string,
  start: () => Promise<Postmaster>,
  log: (message: string) => void,
): { stop(): void } {
  const stopping = new AbortController();
  const pause = (ms: number) => delay(ms, undefined, { ref: false, signal: stopping.signal });
  let current = server;

  async function restart(): Promise<void> {
    if (stopping.signal.aborted) return;
    log("PostgreSQL has ended; starting it again");
    current = await start();
  }
  async function watch(): Promise<void> {
    for (;;) {
      await pause(watchMs);
      if (await isRunning(current)) continue;
      await pause(watchMs);
      await exclusively(marks, restart).catch((error: unknown) => {
        log(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : error}`);
        return pause(10 * watchMs);
      });
    }
  }
  // Nothing but the signal ends it.
  watch().catch(() => {});
  return { stop: () => stopping.abort() };
}
