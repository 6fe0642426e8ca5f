import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries";
import { type Home, makePrivateFolder } from "./home";

const run = promisify(execFile);

/** What a cluster is made with; the same on every system, whatever locales it has. */
const initFlags = [
  "--username=postgres",
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--no-instructions",
];

/** The password of the server's only user. */
export async function readPassword(home: Home): Promise<string> {
  return (await readFile(home.password, "utf8")).trim();
}

/** Makes the cluster where there is none yet. It appears whole or not at all. */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  options: { fast: boolean; log(message: string): void },
): Promise<void> {
  if (existsSync(path.join(home.cluster, "PG_VERSION"))) return;
  options.log("creating the database (first start only)");
  const password = randomBytes(24).toString("base64url");
  await rm(home.password, { force: true });
  await writeFile(home.password, password, { mode: 0o600 });

  const draft = `${home.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await makePrivateFolder(draft, home.account);
  await withPasswordFile(home, password, (passwordFile) =>
    run(
      binaries.initdb,
      [...initFlags, `--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...(options.fast ? ["--no-sync"] : [])],
      { ...home.account, cwd: "/", env: serverEnvironment },
    ),
  );
  await rename(draft, home.cluster);
}

/** initdb reads the password from a file, and its user may not enter our data directory. */
async function withPasswordFile<T>(home: Home, password: string, act: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "parley-initdb-"));
  const file = path.join(folder, "password");
  try {
    await writeFile(file, password, { mode: 0o600 });
    if (home.account !== null)
      for (const owned of [folder, file]) await chown(owned, home.account.uid, home.account.gid);
    return await act(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nothing of ours: PGDATA, PGPORT and locales of the caller must not change what the server does. */
// The cast: where Next is installed, its types demand a NODE_ENV of every environment.
export const serverEnvironment = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv;
