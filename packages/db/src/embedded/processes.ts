import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * When a process was born, as a word that fits into a file name; null once it is dead. A process id alone proves
 * nothing: ids are reused, and in a container that starts anew almost at once.
 */
export async function birthOf(pid: number): Promise<string | null> {
  if (process.platform !== "linux") {
    const { stdout } = await run("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
    return stdout.trim() === "" ? null : stdout.trim().replace(/\W+/g, "-");
  }
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The name, in parentheses, may hold anything; behind it come state (field 3) and start in ticks since boot (field 22).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A dead child whose parent never asks after it stays a zombie; some containers have no other parent.
  return fields[0] === "Z" || fields[0] === "X" ? null : `${fields[19]}-${bootId()}`;
}

let knownBootId: string | undefined;

function bootId(): string {
  knownBootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  return knownBootId;
}
