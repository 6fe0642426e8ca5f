import { randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, readlink, symlink } from "node:fs/promises";
import path from "node:path";
import { type Account, canReach, serverAccount } from "./account";

/** Where a server's files are, and whom it runs as. */
export interface Home {
  /** The data directory itself: `$dataDir/postgres`, or where that links to. Missing until it is first made. */
  cluster: string;
  /** Null: as ourselves. */
  account: Account | null;
  /** Kept beside the cluster, because its own user needs none of them and our processes do. */
  password: string;
  log: string;
  port: string;
}

/** Holds the marks of the processes that use the server. */
export const marksOf = (dataDir: string): string => path.join(dataDir, "postgres-run");

/**
 * Finds a server's home: `$dataDir/postgres`. Where the server's account cannot enter that (below /root, say), it
 * becomes a link to a folder of its own in `shelterDir`. Call it while holding the lock.
 */
export async function openHome(dataDir: string, shelterDir: string, log: (message: string) => void): Promise<Home> {
  const place = path.join(dataDir, "postgres");
  const files = {
    password: path.join(dataDir, "postgres-password"),
    log: path.join(dataDir, "postgres.log"),
    port: path.join(marksOf(dataDir), "port"),
  };
  const entry = await lstat(place).catch(() => null);
  const cluster = entry?.isSymbolicLink() ? path.resolve(dataDir, await readlink(place)) : place;
  const account = await serverAccount(cluster, log);
  if (cluster !== place || account === null || canReach(account, dataDir)) return { cluster, account, ...files };

  if (entry !== null)
    throw new Error(
      `${place} holds a database, but its user may no longer enter it: open the folders above, or move it`,
    );
  // Random, so that a data directory which was deleted and made again starts empty, not with its predecessor's rows.
  const sheltered = path.join(shelterDir, randomBytes(8).toString("hex"));
  log(`keeping the database in ${sheltered}, because PostgreSQL's user may not enter ${dataDir}`);
  await symlink(sheltered, place);
  return { cluster: sheltered, account, ...files };
}

/** Makes a folder that belongs to the server's account alone. */
export async function makePrivateFolder(folder: string, account: Account | null): Promise<void> {
  await makeShelter(path.dirname(folder));
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  if (account !== null) await chown(folder, account.uid, account.gid);
}

/** Makes a folder that everybody may pass through, whatever our umask; one that is there stays as it is. */
export async function makeShelter(folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o755);
}
