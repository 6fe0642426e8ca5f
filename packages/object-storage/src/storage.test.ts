import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keysOf } from "../test/keys-of";
import { startS3Server } from "../test/s3-server";
import { createFolderStorage } from "./folder";
import { InvalidObjectKeyError } from "./key";
import { createS3Storage } from "./s3";
import type { ObjectStorage } from "./storage";

const publicUrl = "https://cdn.example.com/files/";

interface Opened {
  storage: ObjectStorage;
  close(): Promise<void>;
}

async function openFolder(): Promise<Opened> {
  const parent = await mkdtemp(join(tmpdir(), "parley-folder-"));
  const storage = createFolderStorage({ directory: join(parent, "not", "yet", "there"), publicUrl });
  return { storage, close: () => rm(parent, { recursive: true }) };
}

async function openS3(): Promise<Opened> {
  const server = await startS3Server();
  const storage = createS3Storage({ ...server.connection, publicUrl });
  return {
    storage,
    async close() {
      await storage.close();
      await server.close();
    },
  };
}

const drivers = [
  { driver: "folder", open: openFolder },
  { driver: "S3", open: openS3 },
];

describe.each(drivers)("object storage: $driver", ({ open }) => {
  let opened: Opened;
  let storage: ObjectStorage;

  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  beforeEach(async () => {
    for (const key of await keys("")) await storage.delete(key);
  });
  afterAll(() => opened.close());

  const text = { contentType: "text/plain" };
  const bytesOf = (value: string) => new TextEncoder().encode(value);
  const textAt = async (key: string) => {
    const object = await storage.get(key);
    return object && new TextDecoder().decode(object.bytes);
  };
  const keys = (prefix: string) => keysOf(storage, prefix);

  test("gives back the bytes, the content type and the cache header", async () => {
    const bytes = randomBytes(300_000);
    await storage.put("avatars/x.jpg", bytes, { contentType: "image/jpeg", cacheControl: "public, max-age=60" });

    const object = await storage.get("avatars/x.jpg");

    expect(Buffer.from(object?.bytes ?? []).equals(bytes)).toBe(true);
    expect(object?.contentType).toBe("image/jpeg");
    expect(object?.cacheControl).toBe("public, max-age=60");
  });

  test("has no cache header where none was given", async () => {
    await storage.put("a", bytesOf("a"), text);
    expect(await storage.get("a")).not.toHaveProperty("cacheControl");
  });

  test("keeps an empty object", async () => {
    await storage.put("empty", new Uint8Array(), text);
    expect(await textAt("empty")).toBe("");
    expect(await storage.exists("empty")).toBe(true);
  });

  test("writes a view of a larger buffer, not the buffer", async () => {
    await storage.put("view", Buffer.from("<<inside>>").subarray(2, 8), text);
    expect(await textAt("view")).toBe("inside");
  });

  test("replaces bytes and headers together", async () => {
    await storage.put("a", bytesOf("a long first version"), { contentType: "text/html", cacheControl: "no-store" });
    await storage.put("a", bytesOf("second"), text);

    expect(await textAt("a")).toBe("second");
    expect(await storage.get("a")).toMatchObject({ contentType: "text/plain" });
    expect(await storage.get("a")).not.toHaveProperty("cacheControl");
  });

  test("answers for what is not there", async () => {
    expect(await storage.get("nowhere/x.jpg")).toBeNull();
    expect(await storage.exists("nowhere/x.jpg")).toBe(false);
    await storage.delete("nowhere/x.jpg");
    expect(await keys("nowhere")).toEqual([]);
  });

  test("deletes one object and nothing else, twice if asked", async () => {
    await storage.put("a/x", bytesOf("x"), text);
    await storage.put("a/y", bytesOf("y"), text);

    await storage.delete("a/x");
    await storage.delete("a/x");

    expect(await storage.exists("a/x")).toBe(false);
    expect(await textAt("a/y")).toBe("y");
  });

  test("keeps an object beside a longer key that begins with its own", async () => {
    await storage.put("a", bytesOf("short"), text);
    await storage.put("a/b", bytesOf("long"), text);
    await storage.put("a%2Fb".replace("%", "_"), bytesOf("alike"), text);

    expect([await textAt("a"), await textAt("a/b"), await textAt("a_2Fb")]).toEqual(["short", "long", "alike"]);
    await storage.delete("a");
    expect(await keys("")).toEqual(["a/b", "a_2Fb"]);
  });

  test("lists by any prefix", async () => {
    for (const key of ["b/2", "b/1", "b/1/x", "b-1", "b.1", "B", "a", "c"]) await storage.put(key, bytesOf(key), text);

    expect(await keys("")).toEqual(["B", "a", "b-1", "b.1", "b/1", "b/1/x", "b/2", "c"]);
    expect(await keys("b")).toEqual(["b-1", "b.1", "b/1", "b/1/x", "b/2"]);
    expect(await keys("b/")).toEqual(["b/1", "b/1/x", "b/2"]);
    expect(await keys("b/1")).toEqual(["b/1", "b/1/x"]);
    expect(await keys("../")).toEqual([]);
  });

  test("never shows a mixture while an object is replaced", async () => {
    const versions = ["x", "y"].map((letter) => bytesOf(letter.repeat(200_000)));
    for (const bytes of versions) await storage.put("busy/sibling", bytes, text);

    await Promise.all(
      Array.from({ length: 12 }, (_, n) => storage.put(`busy/${n % 3}`, versions[n % 2] as Uint8Array, text)),
    );

    for (const key of ["busy/0", "busy/1", "busy/2"]) {
      const found = await textAt(key);
      expect(found).toHaveLength(200_000);
      expect(new Set(found).size).toBe(1);
    }
  });

  test("joins the public address and the key with one slash", () => {
    expect(storage.publicUrl("avatars/x.jpg")).toBe("https://cdn.example.com/files/avatars/x.jpg");
  });

  describe.each([
    "",
    "/",
    "/etc/passwd",
    "../x",
    "a/../x",
    "a/./x",
    "a//x",
    "a/",
    ".",
    "..",
    ".hidden",
    "a/.hidden",
    "a\\b",
    "a\0b",
    "a b",
    "a%2Fb",
    "ä",
    "a\n",
    "x".repeat(201),
    "x/".repeat(16).concat("x"),
  ])("the key %j", (key) => {
    test("cannot be written", async () => {
      await expect(storage.put(key, bytesOf("x"), text)).rejects.toThrow(InvalidObjectKeyError);
      expect(() => storage.publicUrl(key)).toThrow(InvalidObjectKeyError);
      expect(await keys("")).toEqual([]);
    });

    test("reads as absent", async () => {
      expect(await storage.get(key)).toBeNull();
      expect(await storage.exists(key)).toBe(false);
      await storage.delete(key);
    });
  });

  test("takes the longest and the deepest key", async () => {
    for (const key of ["x".repeat(200), "x/".repeat(15).concat("y".repeat(170))]) {
      await storage.put(key, bytesOf("x"), text);
      expect(await textAt(key)).toBe("x");
    }
  });
});
