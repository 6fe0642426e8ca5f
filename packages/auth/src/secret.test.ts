import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSecret } from "./secret";

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "parley-secret-"));
});

afterEach(() => rm(dataDir, { recursive: true }));

test("makes 32 random bytes once, for the owner's eyes alone", async () => {
  const secret = await loadSecret(dataDir);
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  expect(await loadSecret(dataDir)).toBe(secret);
  expect((await stat(path.join(dataDir, "auth-secret"))).mode & 0o777).toBe(0o600);
});

test("every installation has its own", async () => {
  expect(await loadSecret(path.join(dataDir, "a"))).not.toBe(await loadSecret(path.join(dataDir, "b")));
});

test("processes that start together agree, and leave nothing else behind", async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecret(dataDir)));
  expect(new Set(secrets).size).toBe(1);
  expect(await readdir(dataDir)).toEqual(["auth-secret"]);
});

test("refuses a damaged file instead of replacing it", async () => {
  const file = path.join(dataDir, "auth-secret");
  await writeFile(file, "");
  await expect(loadSecret(dataDir)).rejects.toThrow("does not hold a secret");
  expect(await readFile(file, "utf8")).toBe("");
});
