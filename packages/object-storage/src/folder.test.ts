import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keysOf } from "../test/keys-of";
import { createFolderStorage } from "./folder";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-folder-"));
});
afterEach(() => rm(directory, { recursive: true }));

const open = () => createFolderStorage({ directory, publicUrl: "http://127.0.0.1/objects" });
const png = { contentType: "image/png" };

test("leaves one file an object, which starts with the object's own bytes", async () => {
  await open().put("avatars/x.png", Buffer.from("pixels"), png);

  expect(await readdir(directory)).toEqual(["avatars%2Fx.png"]);
  expect((await readFile(join(directory, "avatars%2Fx.png"))).toString().startsWith("pixels")).toBe(true);
});

test("is read by another process's storage", async () => {
  await open().put("a", Buffer.from("kept"), png);
  expect((await open().get("a"))?.bytes).toEqual(Buffer.from("kept"));
});

test("keeps the old object and no debris when a write fails", async () => {
  const storage = open();
  await storage.put("a", Buffer.from("old"), png);
  // A folder in the place of the file makes the last step of the write, the rename, fail.
  await mkdir(join(directory, "b"));

  await expect(storage.put("b", Buffer.from("new"), png)).rejects.toThrow();

  expect((await readdir(directory)).sort()).toEqual(["a", "b"]);
  expect((await storage.get("a"))?.bytes).toEqual(Buffer.from("old"));
});

test("sweeps up what killed writers left, but not what others are writing now", async () => {
  const abandoned = join(directory, ".writing-old");
  await writeFile(abandoned, "half");
  await utimes(abandoned, new Date(0), new Date(0));
  await writeFile(join(directory, ".writing-now"), "half");

  const storage = open();
  await storage.put("a", Buffer.from("a"), png);

  expect((await readdir(directory)).sort()).toEqual([".writing-now", "a"]);
});

test("lists neither half-written files nor strangers", async () => {
  await writeFile(join(directory, ".writing-now"), "half");
  await writeFile(join(directory, "100% mine.txt"), "stranger");
  await open().put("a", Buffer.from("a"), png);

  expect(await keysOf(open(), "")).toEqual(["a"]);
});

test.each([
  ["short", "x"],
  ["longer than a footer", "a picture someone copied here"],
  ["with a footer that points before its start", "tiny\xff\xff\xff\xffPRLY"],
])("serves a file it did not write as it is, untyped: %s", async (_, content) => {
  const bytes = Buffer.from(content, "latin1");
  await writeFile(join(directory, "copied.jpg"), bytes);

  expect(await open().get("copied.jpg")).toEqual({ bytes, contentType: "application/octet-stream" });
});

test("tries again to make its folder after that failed once", async () => {
  const blocked = join(directory, "file");
  await writeFile(blocked, "");
  const storage = createFolderStorage({ directory: blocked, publicUrl: "http://127.0.0.1/objects" });
  await expect(storage.put("a", Buffer.from("a"), png)).rejects.toThrow();

  await rm(blocked);
  await storage.put("a", Buffer.from("a"), png);

  expect(await storage.exists("a")).toBe(true);
});
