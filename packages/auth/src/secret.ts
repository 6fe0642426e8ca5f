import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, unlink } from "node:fs/promises";
import path from "node:path";

const fileName = "auth-secret";

/**
 * The secret from which this installation derives its sealing key: 32 random bytes as base64url, made once and kept
 * in `dataDir` with mode 600. Processes that start together agree on one.
 * @throws when the file is there but holds no secret: making another would lose all that the first one sealed.
 */
export async function loadSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, fileName);
  const secret = (await readIfThere(file)) ?? (await create(file));
  if (!/^[A-Za-z0-9_-]{43}$/.test(secret)) throw new Error(`${file} does not hold a secret; restore it from a backup`);
  return secret;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Writes aside, then links: the name appears with its whole content or not at all, and only the first one gets it. */
async function create(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const aside = `${file}.${randomBytes(8).toString("hex")}`;
  const handle = await open(aside, "wx", 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString("base64url")}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(aside, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await unlink(aside);
  }
  return (await readFile(file, "utf8")).trim();
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
