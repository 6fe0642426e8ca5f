import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile, rename, writeFile } from "node:fs/promises";
import net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Binaries } from "./binaries";
import { serverEnvironment } from "./cluster";
import type { Home } from "./home";
import { disownPidFile, findPostmaster, isRunning, type Postmaster } from "./postmaster";

export interface ServerOptions {
  /** Gives up durability for speed: for tests, whose data nobody misses. */
  fast: boolean;
  log(message: string): void;
}

const settings = {
  listen_addresses: "127.0.0.1",
  // Loopback alone: a socket's path may be longer than the system allows.
  unix_socket_directories: "",
  max_connections: "200",
  timezone: "UTC",
  log_timezone: "UTC",
  // Compiling plans costs more than it saves on statements as short as ours.
  jit: "off",
};
const fastSettings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

const startAttempts = 20;
const fastShutdownMs = 20_000;

/** Starts the server and waits until it answers. Recovery after a crash may take its time; it is told to `log`. */
export async function startServer(home: Home, binaries: Binaries, options: ServerOptions): Promise<Postmaster> {
  await disownPidFile(home.cluster);
  let problem = "";
  for (let attempt = 0; attempt < startAttempts; attempt++) {
    const port = await choosePort(home);
    const child = await launch(home, binaries, port, options);
    const postmaster = await waitUntilReady(child, home.cluster, options.log);
    if (postmaster !== null) {
      await writeFile(home.port, `${port}\n`);
      return postmaster;
    }
    problem = await readFile(home.log, "utf8");
    // Someone else took the port, or processes of a server that was killed are about to notice.
    if (!/could not create any TCP\/IP sockets|pre-existing shared memory block/.test(problem)) break;
    await delay(250);
  }
  throw new Error(`PostgreSQL did not start. ${home.log} says: ${problem.trim().slice(-2_000)}`);
}

/** A fast shutdown: sessions are ended, everything that was committed is kept. Returns when the process is gone. */
export async function stopServer(postmaster: Postmaster, log: (message: string) => void): Promise<void> {
  signal(postmaster, "SIGINT");
  let deadline = Date.now() + fastShutdownMs;
  while (await isRunning(postmaster)) {
    if (Date.now() > deadline) {
      log("PostgreSQL does not shut down; ending it at once, it will recover when it starts");
      signal(postmaster, "SIGQUIT");
      deadline = Number.POSITIVE_INFINITY;
    }
    await delay(10);
  }
}

/** Waits for a server that somebody else is starting. @returns null when it ended instead. */
export async function waitForServer(cluster: string, seen: Postmaster): Promise<Postmaster | null> {
  while (await isRunning(seen)) {
    const postmaster = await findPostmaster(cluster);
    if (postmaster?.isReady && postmaster.pid === seen.pid) return postmaster;
    await delay(20);
  }
  return null;
}

/**
 * A session of its own, so that a Ctrl-C in the terminal reaches its owner and not the server, which then goes last.
 * It logs into a file, because a pipe would break with the process that started it.
 */
async function launch(home: Home, binaries: Binaries, port: number, options: ServerOptions): Promise<ChildProcess> {
  await rename(home.log, `${home.log}.1`).catch(() => {});
  const log = await open(home.log, "a", 0o600);
  try {
    const flags = Object.entries({ ...settings, ...(options.fast ? fastSettings : {}) });
    const child = spawn(
      binaries.postgres,
      ["-D", home.cluster, "-p", String(port), ...flags.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      {
        ...home.account,
        cwd: "/",
        env: serverEnvironment,
        detached: true,
        stdio: ["ignore", log.fd, log.fd],
      },
    );
    child.unref();
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    return child;
  } finally {
    await log.close();
  }
}

async function waitUntilReady(
  child: ChildProcess,
  cluster: string,
  log: (message: string) => void,
): Promise<Postmaster | null> {
  let nextNews = Date.now() + 5_000;
  while (child.exitCode === null && child.signalCode === null) {
    const postmaster = await findPostmaster(cluster);
    if (postmaster?.isReady && postmaster.pid === child.pid) return postmaster;
    if (Date.now() > nextNews) {
      log("PostgreSQL is still starting");
      nextNews += 10_000;
    }
    await delay(10);
  }
  return null;
}

/** The port of last time, so that whoever else uses the server finds it again; a free one where it is taken. */
async function choosePort(home: Home): Promise<number> {
  const last = Number(await readFile(home.port, "utf8").catch(() => 0));
  return (await freePort(last).catch(() => null)) ?? freePort(0);
}

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function signal({ pid }: Postmaster, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
