import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll } from "vitest";

const dist = path.resolve(import.meta.dirname, "../../dist");

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LaunchedProcess {
  pid: number;
  /** All that it has printed so far. */
  output(): string;
  exited: Promise<Exit>;
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and wait. */
  stop(): Promise<Exit>;
}

export interface ServerProcess extends LaunchedProcess {
  /** On the loopback. */
  url: string;
  /** From the process's start until it said that it serves. */
  readyMs: number;
}

export interface LaunchOptions {
  dataDir: string;
  /** The whole environment but for what every test process has: no variable of the test run reaches it. */
  env?: Record<string, string>;
  /** Default `["main.js"]`: a file of the build, then arguments. */
  command?: readonly string[];
}

/** The address that processes under test believe to have, whatever port they got: tokens outlive a restart that way. */
const publicUrl = "http://api.parley.test";

const standardEnv = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  NODE_ENV: "production",
  REST_PORT: "0",
  API_URL: publicUrl,
  WEB_URL: "http://www.parley.test",
  RATE_LIMIT: "off",
};

/** Busy machines are slow; nothing here is worth less than a minute of patience. */
const readyWithinMs = 60_000;
/** Longer than the app itself would wait. One that hangs is killed, and its exit tells so. */
const stopsWithinMs = 40_000;

/** Real processes of the built app. Whatever a test leaves running is ended, by id, after the file's last test. */
export function useProcesses() {
  const dataDirs: string[] = [];
  const launched: { child: ChildProcess; exited: Promise<Exit> }[] = [];

  afterAll(async () => {
    for (const { child, exited } of launched) {
      child.kill("SIGKILL");
      await exited;
    }
    for (const dataDir of dataDirs) {
      for (const pid of await processesIn(dataDir)) kill(pid, "SIGKILL");
      while ((await processesIn(dataDir)).length > 0) await delay(20);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  function launch({ dataDir, env = {}, command = ["main.js"] }: LaunchOptions): LaunchedProcess {
    const [file = "", ...args] = command;
    const program = path.join(dist, file);
    if (!existsSync(program)) throw new Error(`${program} is missing: run "node apps/rest/build.mjs" first`);
    const child = spawn(process.execPath, [program, ...args], {
      cwd: dataDir,
      env: { ...standardEnv, DATA_DIR: dataDir, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    // "close" comes once all output has been read, too.
    const exited = once(child, "close").then(([code, signal]): Exit => ({ code, signal }));
    launched.push({ child, exited });
    // A test run that is ended from outside runs no hooks.
    const endWithUs = () => void child.kill("SIGKILL");
    process.once("exit", endWithUs);
    void exited.then(() => process.off("exit", endWithUs));
    const signal = (name: NodeJS.Signals) => void child.kill(name);
    return {
      pid: child.pid ?? 0,
      output: () => output,
      exited,
      signal,
      stop() {
        signal("SIGTERM");
        const timer = setTimeout(() => signal("SIGKILL"), stopsWithinMs);
        return exited.finally(() => clearTimeout(timer));
      },
    };
  }

  /** @returns the match, once the process has printed it. */
  async function printed(process: LaunchedProcess, pattern: RegExp): Promise<RegExpExecArray> {
    let exit: Exit | null = null;
    void process.exited.then((value) => {
      exit = value;
    });
    const deadline = Date.now() + readyWithinMs;
    for (;;) {
      const match = pattern.exec(process.output());
      if (match !== null) return match;
      if (exit !== null) throw new Error(`it ended with ${JSON.stringify(exit)}:\n${process.output()}`);
      if (Date.now() > deadline) throw new Error(`it never printed ${pattern}:\n${process.output()}`);
      await delay(10);
    }
  }

  return {
    /** A new data directory that PostgreSQL's user may enter. */
    async dataDir(): Promise<string> {
      const dataDir = await mkdtemp(path.join(tmpdir(), "parley-endurance-"));
      dataDirs.push(dataDir);
      await chmod(dataDir, 0o755);
      return dataDir;
    },
    launch,
    printed,
    /** Starts a server, and waits until it serves. */
    async serve(options: LaunchOptions): Promise<ServerProcess> {
      const begun = performance.now();
      const process = launch(options);
      const [, port] = await printed(process, /"port":(\d+),"msg":"the REST app serves/);
      return { ...process, url: `http://127.0.0.1:${port}`, readyMs: performance.now() - begun };
    },
  };
}

/** The processes that stand in a data directory or below it, dead ones that nobody has buried left out. */
export async function processesIn(dataDir: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found: number[] = [];
  for (const pid of pids) {
    const where = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    if (where === dataDir || where.startsWith(`${dataDir}/`)) found.push(Number(pid));
  }
  return found;
}

/** The process id of the embedded PostgreSQL in a data directory; null where none runs. */
export async function postmasterOf(dataDir: string): Promise<number | null> {
  const text = await readFile(path.join(dataDir, "postgres/postmaster.pid"), "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  return (await processesIn(dataDir)).includes(pid) ? pid : null;
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
