import { execFile, spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const userName = "postgres";

/** A user and group of the system. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Whom PostgreSQL runs as, since it refuses to run as root: the owner of its directory, or else the system's user
 * `postgres`, which is made where there is none. Null where this process is not root: then it is whoever we are.
 */
export async function serverAccount(home: string, log: (message: string) => void): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(home).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await findUser()) ?? createUser(log);
}

/** Whether an account reaches a file or directory, asked of the system itself: modes, lists and mounts all count. */
export function canReach(account: Account, target: string): boolean {
  return (
    spawnSync("/bin/sh", ["-c", 'test -r "$1" && test -x "$1"', "sh", target], { ...account, cwd: "/" }).status === 0
  );
}

async function findUser(): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", userName]), run("id", ["-g", userName])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function createUser(log: (message: string) => void): Promise<Account> {
  log(`making the system user ${userName}, because PostgreSQL does not run as root`);
  const tried: unknown[] = [];
  for (const [command, ...args] of [
    ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", userName],
    // BusyBox, as in Alpine.
    ["adduser", "-S", "-D", "-H", userName],
  ] as const) {
    // A process that starts beside this one may have made it meanwhile: only what is there in the end counts.
    await run(command, args).catch((error: unknown) => tried.push(error));
    const account = await findUser();
    if (account !== null) return account;
  }
  throw new AggregateError(
    tried,
    `PostgreSQL does not run as root and no user "${userName}" could be made: make one, or set DATABASE_URL`,
  );
}
