import { accessSync, constants } from "node:fs";
import path from "node:path";
import { environment, run, StepFailed, say } from "./bootstrap.mjs";

/** Programs that no npm package carries, and Debian's package of each. */
const chromium = { programs: ["chromium", "chromium-browser", "google-chrome"], debianPackage: "chromium" };
const redis = { programs: ["redis-server"], debianPackage: "redis-server" };
const wrk = { programs: ["wrk"], debianPackage: "wrk" };
const taskset = { programs: ["taskset"], debianPackage: "util-linux" };

/** What the tests drive, and what the benchmark does. */
const testPrograms = [chromium, redis];
export const benchPrograms = [wrk, taskset, chromium];

/**
 * Makes sure that programs are there; on Debian as root it installs those that are not.
 * @throws {StepFailed} with the command to run
 */
export async function assertPrograms(needed = testPrograms) {
  const missing = needed.filter(({ programs }) => !programs.some(isOnPath)).map(({ debianPackage }) => debianPackage);
  if (missing.length === 0) return;
  const install = ["apt-get", "install", "-y", "--no-install-recommends", ...missing];
  if (process.getuid?.() !== 0 || !isOnPath("apt-get")) {
    throw new StepFailed(`Missing: ${missing.join(", ")}. Run: sudo apt-get update && sudo ${install.join(" ")}`);
  }
  say(`Installing ${missing.join(" and ")} with apt-get (a minute or two)…`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env, isSilent: true });
  await run("apt-get", install.slice(1), { env, isSilent: true });
}

function isOnPath(program) {
  const folders = [...environment.PATH.split(path.delimiter), "/usr/bin", "/usr/sbin"];
  return folders.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
