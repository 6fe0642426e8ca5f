import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chown, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries";
import type { Home } from "./home";
import { isAlive } from "./owner";

const run = promisify(execFile);

export interface Postmaster {
  pid: number;
  port: number;
}

/** What `postmaster.pid` says of the server that runs, or last ran, on this directory. */
export async function readPostmaster(directory: string): Promise<Postmaster | null> {
  const text = await readFile(path.join(directory, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port] = text.split("\n");
  return pid && port ? { pid: Number(pid), port: Number(port) } : null;
}

/** True while that process lives and is PostgreSQL: after a crash its number may be another program's. */
export function isRunning({ pid }: Postmaster): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return process.platform !== "linux";
  }
}

/** Makes the data directory, once. */
export async function initialise(binaries: Binaries, home: Home, log: (message: string) => void): Promise<void> {
  if (existsSync(path.join(home.directory, "PG_VERSION"))) return;
  log("creating the database (first start only)");
  const folder = await mkdtemp(path.join(tmpdir(), "parley-initdb-"));
  const passwordFile = path.join(folder, "password");
  try {
    await writeFile(passwordFile, home.password, { mode: 0o600 });
    if (home.user) {
      await chown(folder, home.user.uid, home.user.gid);
      await chown(passwordFile, home.user.uid, home.user.gid);
    }
    const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
    const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    await run(binaries.initdb, [`--pgdata=${home.directory}`, ...locale, ...access], asUser(home));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const fastSettings = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "wal_level=minimal",
  "max_wal_senders=0",
];

/** Starts the server on a free port of the loopback interface, in a session of its own: a Ctrl-C is not meant for it. */
export async function startPostmaster(
  binaries: Binaries,
  home: Home,
  options: { dataDir: string; isFast: boolean },
): Promise<Postmaster> {
  // A file left by a crash would stop the server, where its process number has been given to another program.
  await rm(path.join(home.directory, "postmaster.pid"), { force: true });
  const port = await freePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    ...(options.isFast ? fastSettings : []),
  ];
  const log = await open(path.join(options.dataDir, "postgres.log"), "a", 0o600);
  const child = spawn(binaries.postgres, ["-D", home.directory, ...settings.flatMap((setting) => ["-c", setting])], {
    ...asUser(home),
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`PostgreSQL ended with code ${code}; see ${options.dataDir}/postgres.log`)),
    );
  });
  const written = waitFor(async () => {
    const postmaster = await readPostmaster(home.directory);
    return postmaster?.pid === child.pid ? postmaster : null;
  });
  try {
    return await Promise.race([written, failed]);
  } finally {
    // Whoever waits for the file no longer cares how the process ends.
    failed.catch(() => {});
    child.unref();
    await log.close();
  }
}

/** A fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  if (!isRunning(postmaster)) return;
  process.kill(postmaster.pid, "SIGINT");
  await waitFor(async () => (isRunning(postmaster) ? null : true));
}

function asUser({ user }: Home) {
  // A working directory that the server's user may enter; the C locale, so that its messages are in English.
  return { cwd: "/", env: { LC_ALL: "C", PATH: "/usr/bin:/bin" }, ...(user && { uid: user.uid, gid: user.gid }) };
}

async function waitFor<T>(probe: () => Promise<T | null>, timeoutMs = 60_000): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; ) {
    const found = await probe();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`PostgreSQL did not get ready within ${timeoutMs / 1000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port was found");
  return address.port;
}
