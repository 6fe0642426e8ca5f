import { randomBytes } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { birthOf } from "./processes";

/** A file whose name says which process left it. It counts while that process lives, so a crash leaves no debris. */
export interface Mark {
  name: string;
  remove(): Promise<void>;
}

/** What a mark is for: holding the lock, or using the server. */
export type MarkKind = "lock" | "user";

export async function leaveMark(directory: string, kind: MarkKind): Promise<Mark> {
  const birth = await birthOf(process.pid);
  const name = [kind, process.pid, birth, randomBytes(4).toString("hex")].join(".");
  const file = path.join(directory, name);
  await writeFile(file, "");
  return { name, remove: () => rm(file, { force: true }) };
}

/** The marks of living processes; those of dead ones are swept away. */
export async function liveMarks(directory: string, kind: MarkKind): Promise<string[]> {
  const live: string[] = [];
  for (const name of await readdir(directory)) {
    const [markKind, pid, birth] = name.split(".");
    if (markKind !== kind || pid === undefined) continue;
    if ((await birthOf(Number(pid))) === birth) live.push(name);
    else await rm(path.join(directory, name), { force: true });
  }
  return live;
}

/**
 * Runs `act` while no other process does. Everybody puts up a mark before looking around, so of two who come together
 * at least one sees the other and steps back: no lock has to be broken, and none outlives its process.
 */
export async function exclusively<T>(
  directory: string,
  act: () => Promise<T>,
  log: (message: string) => void = () => {},
): Promise<T> {
  const warnAt = Date.now() + 3_000;
  let isSilent = true;
  for (;;) {
    const mark = await leaveMark(directory, "lock");
    try {
      const others = (await liveMarks(directory, "lock")).filter((name) => name !== mark.name);
      if (others.length === 0) return await act();
      if (isSilent && Date.now() > warnAt) {
        log(`waiting for process ${others[0]?.split(".")[1]}, which starts or stops PostgreSQL`);
        isSilent = false;
      }
    } finally {
      await mark.remove();
    }
    // Random, so that two who step back for each other do not meet again.
    await delay(10 + Math.random() * 40);
  }
}
