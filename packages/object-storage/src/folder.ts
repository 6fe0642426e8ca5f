import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeObject, encodeObject } from "./folder-format";
import { isObjectKey, objectUrl, requireObjectKey } from "./key";
import type { ObjectStorage } from "./storage";

export interface FolderStorageOptions {
  /** Made when it does not exist. Several processes may share it. */
  directory: string;
  /** The address under which some web server answers with these objects, for example `http://127.0.0.1:4000/objects`. */
  publicUrl: string;
}

/** Names that no key can turn into, since keys do not start with a dot. */
const temporaryPrefix = ".writing-";

/** A write takes seconds; what is older was left behind by a process that died. */
const temporaryFileLifetimeMs = 60 * 60 * 1000;

/**
 * Objects as files of one flat folder. A key becomes a file name by spelling `/` as `%2F`: without subfolders the keys
 * `a` and `a/b` can both exist, as in S3, no path can lead out of the folder, and nothing empty is left to tidy up.
 */
export function createFolderStorage({ directory, publicUrl }: FolderStorageOptions): ObjectStorage {
  const pathOf = (key: string) => join(directory, key.replaceAll("/", "%2F"));
  let prepared: Promise<void> | undefined;

  return {
    async put(key, bytes, options) {
      requireObjectKey(key);
      prepared ??= prepare(directory);
      await prepared.catch((error: unknown) => {
        prepared = undefined;
        throw error;
      });
      const temporary = join(directory, `${temporaryPrefix}${randomUUID()}`);
      try {
        await writeDurably(temporary, encodeObject(bytes, options));
        await rename(temporary, pathOf(key));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },

    async get(key) {
      if (!isObjectKey(key)) return null;
      const file = await absentAsNull(readFile(pathOf(key)));
      return file && decodeObject(file);
    },

    async exists(key) {
      if (!isObjectKey(key)) return false;
      return (await absentAsNull(access(pathOf(key), constants.F_OK).then(() => true))) ?? false;
    },

    async delete(key) {
      if (isObjectKey(key)) await rm(pathOf(key), { force: true });
    },

    async *list(prefix) {
      const names = (await absentAsNull(readdir(directory))) ?? [];
      const keys = names.map((name) => name.replaceAll("%2F", "/"));
      yield* keys.filter((key) => isObjectKey(key) && key.startsWith(prefix));
    },

    publicUrl: (key) => objectUrl(publicUrl, key),

    close: async () => {},
  };
}

/** Makes the folder and removes what writers that were killed half-way left in it. */
async function prepare(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const abandonedBefore = Date.now() - temporaryFileLifetimeMs;
  for (const name of await readdir(directory)) {
    if (!name.startsWith(temporaryPrefix)) continue;
    const path = join(directory, name);
    const file = await absentAsNull(stat(path));
    if (file && file.mtimeMs < abandonedBefore) await rm(path, { force: true });
  }
}

/** Without the sync a power cut could leave an empty file under a key that a committed row already points to. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function absentAsNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
