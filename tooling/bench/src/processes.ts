import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** The servers under test share one core; PostgreSQL and the load share the other. */
export const serverCore = "0";
export const otherCore = "1";

export interface Started {
  pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts a process on one core. It is ended by its own id, never by name. */
export function startPinned(core: string, command: string, args: string[], env: NodeJS.ProcessEnv): Started {
  const child = spawn("taskset", ["-c", core, command, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return { pid: pidOf(child), stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Moves a running process, with all its threads, to a core: PostgreSQL's children inherit it. */
export function pin(pid: number, core: string): void {
  execFileSync("taskset", ["-acp", core, String(pid)], { stdio: "ignore" });
}

/** The most memory a process has had resident, in megabytes. */
export function peakMegabytes(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

/** Asks until the address answers 200. Milliseconds since `since`. */
export async function firstAnswer(url: string, since: number, timeoutMs = 60_000): Promise<number> {
  while (performance.now() - since < timeoutMs) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
    if (ok) return performance.now() - since;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} did not answer 200 within ${timeoutMs} ms`);
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("the process did not start");
  return child.pid;
}
