import { readFile, readlink, realpath, writeFile } from "node:fs/promises";
import path from "node:path";
import { birthOf } from "./processes";

/** A running server, as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  birth: string;
  port: number;
  isReady: boolean;
}

/** The server that runs on this cluster; null where none does, whatever an old file says. */
export async function findPostmaster(cluster: string): Promise<Postmaster | null> {
  const lines = await readPidFile(cluster);
  if (lines === null) return null;
  const pid = Number(lines[0]);
  const birth = await birthOf(pid);
  if (birth === null || !(await servesCluster(pid, cluster))) return null;
  return { pid, birth, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

export async function isRunning({ pid, birth }: Postmaster): Promise<boolean> {
  return (await birthOf(pid)) === birth;
}

/**
 * After a crash the file may name a process id that something else has meanwhile, and then PostgreSQL refuses to start.
 * The file is not removed, because PostgreSQL finds in it the shared memory that orphans of the old server may still
 * hold: the id is replaced by one that no process can have.
 */
export async function disownPidFile(cluster: string): Promise<void> {
  const lines = await readPidFile(cluster);
  if (lines === null) return;
  await writeFile(pidFile(cluster), ["2147483647", ...lines.slice(1)].join("\n"));
}

const pidFile = (cluster: string): string => path.join(cluster, "postmaster.pid");

async function readPidFile(cluster: string): Promise<string[] | null> {
  const text = await readFile(pidFile(cluster), "utf8").catch(() => null);
  // The server writes its first lines at once; an empty file is one that a full disk left behind.
  return text === null || text.trim() === "" ? null : text.split("\n");
}

/** A server works in its data directory, so that is where its process stands. */
async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const where = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return where === (await realpath(cluster));
}
