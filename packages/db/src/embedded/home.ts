import { createHash, randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type SystemUser, systemUser } from "./system-user";

/** Where the server's files are, as whom it runs, and how we sign in. */
export interface Home {
  directory: string;
  /** Null: as ourselves. PostgreSQL refuses to run as root. */
  user: SystemUser | null;
  password: string;
}

/** Where root keeps what another user must reach. */
export const sharedRoot = "/var/lib/parley";

/**
 * `dataDir`/postgres, unless the server runs as a user who cannot enter it, as below a private home directory: then a
 * folder of its own under /var/lib/parley, with a link to it in `dataDir`.
 */
export async function findHome(dataDir: string): Promise<Home> {
  const user = process.getuid?.() === 0 ? systemUser() : null;
  const password = await readOrMakePassword(path.join(dataDir, "postgres-password"));
  const inside = path.join(dataDir, "postgres");
  if (user === null) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    return { directory: inside, user, password };
  }
  const directory =
    (await readLink(inside)) ?? ((await canEnter(dataDir)) ? inside : await linkOutside(dataDir, inside));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o700);
  return { directory, user, password };
}

/** True where anybody may pass through every folder on the way. */
export async function canEnter(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function linkOutside(dataDir: string, inside: string): Promise<string> {
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  // A random part: a data directory that was deleted and made again starts empty, not with its predecessor's rows.
  const directory = path.join(sharedRoot, `${name}-${randomBytes(4).toString("hex")}`);
  await mkdir(sharedRoot, { recursive: true, mode: 0o755 });
  await symlink(directory, inside);
  return directory;
}

async function readLink(file: string): Promise<string | null> {
  const entry = await lstat(file).catch(() => null);
  return entry?.isSymbolicLink() ? readlink(file) : null;
}

async function readOrMakePassword(file: string): Promise<string> {
  const known = await readFile(file, "utf8").catch(() => "");
  if (known !== "") return known;
  const password = randomBytes(24).toString("base64url");
  await writeFile(file, password, { mode: 0o600 });
  return password;
}
