import { spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { environment, root, StepFailed } from "./bootstrap.mjs";
import { readable } from "./log-lines.mjs";

const drainMilliseconds = 10_000;
const readyMilliseconds = 180_000;

/**
 * Starts a part as a child process.
 * @param {{ name: string, args: string[], folder?: string }} part `folder`: where it runs, of the repository
 * @param {{ env: object, isReadable: boolean }} options `isReadable`: its log is put into words; else it passes untouched
 * @returns `exited` settles with the exit code (1 for a signal); `stop()` ends it, gently for ten seconds
 */
export function startPart(part, { env, isReadable }) {
  const output = isReadable ? "pipe" : "inherit";
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", `--import=${new URL("leave-with-parent.mjs", import.meta.url)}`, ...part.args],
    {
      cwd: path.join(root, part.folder ?? ""),
      env: { ...environment, ...env },
      stdio: ["ignore", output, output, "ipc"],
      // A process group of its own: Ctrl-C reaches us alone, and we stop the parts one after the other.
      detached: true,
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", (line) => console.log(readable(part.name, line)));
  }
  const exited = new Promise((resolve) => {
    child.on("exit", (code) => resolve(code ?? 1));
    child.on("error", () => resolve(1));
  });
  return {
    ...part,
    exited,
    async stop() {
      child.kill("SIGTERM");
      const isGone = await Promise.race([exited.then(() => true), sleep(drainMilliseconds, false, { ref: false })]);
      if (!isGone) child.kill("SIGKILL");
      await exited;
    },
  };
}

/**
 * Waits until a part says that it can serve; at once for parts without an address.
 * @throws {StepFailed} when it ends before, or takes longer than three minutes
 */
export async function untilReady({ name, address, readyPath, exited }) {
  if (address === undefined) return;
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  let reason = "it does not answer";
  for (const deadline = Date.now() + readyMilliseconds; Date.now() < deadline; await sleep(50)) {
    if (hasExited) throw new StepFailed(`${name} ended before it was ready.`);
    try {
      const response = await fetch(address + readyPath, { signal: AbortSignal.timeout(5000) });
      const text = await response.text();
      if (response.ok) return;
      reason = text.slice(0, 500);
    } catch {
      // Not listening yet.
    }
  }
  throw new StepFailed(`${name} is not ready after ${readyMilliseconds / 1000} s: ${reason}`);
}

/**
 * Makes sure that a part's port can be listened on, before time is spent on building.
 * @throws {StepFailed} that names the port and the variable that chooses it
 */
export async function assertPortIsFree({ port }) {
  if (port === undefined) return;
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once("error", ({ code }) => {
      const why = code === "EADDRINUSE" ? "is in use already" : `cannot be listened on (${code})`;
      reject(new StepFailed(`Port ${port.number} ${why}. Free it, or choose another one with ${port.variable}.`));
    });
    server.listen({ port: port.number, host: "127.0.0.1", exclusive: true }, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
