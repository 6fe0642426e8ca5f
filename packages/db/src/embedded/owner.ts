import { open, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const ownerFile = (dataDir: string) => path.join(dataDir, "postgres.owner");
const lockFile = (dataDir: string) => path.join(dataDir, "postgres.lock");

/** One process at a time finds out whether the server runs, and starts it. A dead process's lock is void. */
export async function withStartLock<T>(dataDir: string, act: () => Promise<T>): Promise<T> {
  const file = lockFile(dataDir);
  const deadline = Date.now() + 120_000;
  while (!(await tryLock(file))) {
    if (Date.now() > deadline) throw new Error(`Another process has held ${file} for two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  try {
    return await act();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (!isFileExists(error)) throw error;
  }
  const holder = await readPid(file);
  // An empty file is a lock in the making: its writer is between two system calls.
  if (holder !== null && !isAlive(holder)) await rm(file, { force: true });
  return false;
}

export async function hasLivingOwner(dataDir: string): Promise<boolean> {
  const owner = await readPid(ownerFile(dataDir));
  return owner !== null && owner !== process.pid && isAlive(owner);
}

export async function becomeOwner(dataDir: string): Promise<void> {
  await writeFile(ownerFile(dataDir), String(process.pid), { mode: 0o600 });
}

export async function resignOwner(dataDir: string): Promise<void> {
  await rm(ownerFile(dataDir), { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function readPid(file: string): Promise<number | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  return /^\d+$/.test(text) ? Number(text) : null;
}

function isFileExists(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
