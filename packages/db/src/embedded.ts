import { mkdir } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { findBinaries } from "./embedded/binaries";
import { findHome, type Home } from "./embedded/home";
import { becomeOwner, hasLivingOwner, resignOwner, withStartLock } from "./embedded/owner";
import {
  initialise,
  isRunning,
  type Postmaster,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
} from "./embedded/postmaster";

export interface EmbeddedOptions {
  dataDir: string;
  log?(message: string): void;
  /** For tests alone: gives up durability for speed. */
  isFast?: boolean;
}

export interface Embedded {
  url: string;
  /** True where this process is the one that stops the server. */
  owned: boolean;
  stop(): Promise<void>;
}

const databaseName = "parley";

/**
 * PostgreSQL from npm, with its data in `dataDir`/postgres. Processes that share a data directory share the server:
 * the first starts and owns it, later ones attach. After the owner was killed the server lives on, and the next
 * process to come attaches and owns it.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log = () => {}, isFast = false } = options;
  const dataDir = path.resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  return withStartLock(dataDir, async () => {
    const home = await findHome(dataDir);
    const running = await readPostmaster(home.directory);
    if (running !== null && isRunning(running)) return attach(dataDir, home, running);
    const binaries = await findBinaries(home.user, log);
    await initialise(binaries, home, log);
    const postmaster = await startPostmaster(binaries, home, { dataDir, isFast });
    await becomeOwner(dataDir);
    await createDatabase(urlOf(home, postmaster, "postgres"));
    return embedded(dataDir, home, postmaster, true);
  });
}

async function attach(dataDir: string, home: Home, postmaster: Postmaster): Promise<Embedded> {
  const owned = !(await hasLivingOwner(dataDir));
  if (owned) await becomeOwner(dataDir);
  await createDatabase(urlOf(home, postmaster, "postgres"));
  return embedded(dataDir, home, postmaster, owned);
}

function embedded(dataDir: string, home: Home, postmaster: Postmaster, owned: boolean): Embedded {
  return {
    url: urlOf(home, postmaster, databaseName),
    owned,
    async stop() {
      if (!owned) return;
      await stopPostmaster(postmaster);
      await resignOwner(dataDir);
    },
  };
}

function urlOf(home: Home, { port }: Postmaster, database: string): string {
  return `postgresql://postgres:${home.password}@127.0.0.1:${port}/${database}`;
}

/** Waits until the server takes connections, too: one that has just been started, or that recovers from a crash. */
async function createDatabase(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
