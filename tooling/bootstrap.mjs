import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * From a bare clone to a tree that runs, for someone who has Node and npm and nothing else.
 * `node tooling/bootstrap.mjs` installs what is missing; `… run build` then hands the rest to turbo.
 */

/** The repository's folder. */
export const root = path.resolve(import.meta.dirname, "..");

/** The environment of every tool: the tree's own commands first, nobody phones home. */
export const environment = {
  ...process.env,
  PATH: [path.join(root, "node_modules/.bin"), path.dirname(process.execPath), process.env.PATH ?? ""].join(
    path.delimiter,
  ),
  TURBO_TELEMETRY_DISABLED: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
};

/** A step that did not work out; the message tells a person what to do about it. */
export class StepFailed extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Installs the dependencies when they are missing or older than the lockfile, then runs turbo tasks (`["build"]`).
 * @param {string[]} tasks
 * @param {{ isQuiet?: boolean }} options quiet: turbo shows the output of failed tasks alone
 * @throws {StepFailed}
 */
export async function prepare(tasks = [], { isQuiet = false } = {}) {
  if (!isInstalled()) await install();
  if (tasks.length === 0) return;
  const quiet = isQuiet ? ["--output-logs=errors-only", "--log-prefix=task"] : [];
  await run(path.join(root, "node_modules/.bin/turbo"), ["run", ...tasks, ...quiet], { isSilent: isQuiet });
}

/**
 * Runs a command in the repository's folder until it ends. `isSilent` shows its output only where it fails.
 * @throws {StepFailed} when it ends with anything but 0
 */
export function run(command, args, { env = {}, isSilent = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...env },
      stdio: isSilent ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    const output = [];
    child.stdout?.on("data", (chunk) => output.push(chunk));
    child.stderr?.on("data", (chunk) => output.push(chunk));
    const name = [path.basename(command), ...args].join(" ");
    child.on("error", (error) => reject(new StepFailed(`Could not run "${name}": ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) return resolve();
      process.stdout.write(Buffer.concat(output));
      reject(new StepFailed(`"${name}" failed`, code ?? 1));
    });
  });
}

/** Prints a progress line. */
export function say(message) {
  process.stdout.write(`${message}\n`);
}

function isInstalled() {
  const state = path.join(root, "node_modules/.pnpm-workspace-state-v1.json");
  return existsSync(state) && statSync(state).mtimeMs >= statSync(path.join(root, "pnpm-lock.yaml")).mtimeMs;
}

async function install() {
  const { packageManager } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  say("Installing dependencies (the first time takes about a minute)…");
  const started = Date.now();
  const npx = path.join(path.dirname(process.execPath), process.platform === "win32" ? "npx.cmd" : "npx");
  const args = ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=append-only"];
  await run(existsSync(npx) ? npx : "npx", args, { isSilent: true });
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Runs a command line's work; a failure becomes one line and an exit code. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [first, ...rest] = process.argv.slice(2);
  await main(() => prepare(first === "run" ? rest : process.argv.slice(2)));
}
