import { type FreshDatabase, freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProxy, type TcpProxy } from "../test/tcp-proxy";
import { type ChangeFeed, createChangeFeed } from "./change-feed";
import { createLiveCache, type LiveCache } from "./live-cache";

let database: FreshDatabase;
let proxy: TcpProxy;
let pool: pg.Pool;
let changes: ChangeFeed;
let cache: LiveCache<string>;

beforeEach(async () => {
  database = await freshDatabase();
  proxy = await openProxy(database.url);
  pool = new pg.Pool({ connectionString: database.url });
  changes = createChangeFeed({ url: proxy.url });
  await changes.start();
  cache = createLiveCache<string>({ changes, topics: ["user", "session"], maxEntries: 3 });
});
afterEach(async () => {
  await changes.close();
  await proxy.close();
  await pool.end();
  await database.close();
});

const announce = (payload: string) => pool.query("SELECT pg_notify('parley_changes', $1)", [payload]);
const becomesLive = (isLive: boolean) => expect.poll(() => changes.isLive(), { timeout: 10_000 }).toBe(isLive);

/** Returns when everything that was announced before has been heard. */
async function hearAll(): Promise<void> {
  let isHeard = false;
  const unsubscribe = changes.subscribe("marker", () => {
    isHeard = true;
  });
  await announce("marker:1");
  await expect.poll(() => isHeard).toBe(true);
  unsubscribe();
}

describe("while changes are heard", () => {
  it("gives back what was stored", () => {
    cache.store("a", ["user:1"], "value", cache.begin());
    expect(cache.read("a")).toBe("value");
    expect(cache.read("b")).toBeUndefined();
  });

  it("forgets every entry that bears a changed tag, and no other", async () => {
    cache.store("a", ["user:1", "session:9"], "A", cache.begin());
    cache.store("b", ["user:1"], "B", cache.begin());
    cache.store("c", ["user:2", "session:9"], "C", cache.begin());
    await announce("user:1");
    await hearAll();
    expect(["a", "b", "c"].map((key) => cache.read(key))).toEqual([undefined, undefined, "C"]);
  });

  it("forgets by the tags of the last value, not by those of an earlier one", async () => {
    cache.store("a", ["user:1"], "old", cache.begin());
    cache.store("a", ["user:2"], "new", cache.begin());
    await announce("user:1");
    await hearAll();
    expect(cache.read("a")).toBe("new");
    await announce("user:2");
    await hearAll();
    expect(cache.read("a")).toBeUndefined();
  });

  it("does not keep a load that a change has overtaken", async () => {
    const token = cache.begin();
    await announce("user:1");
    await hearAll();
    cache.store("a", ["user:2", "user:1"], "stale", token);
    expect(cache.read("a")).toBeUndefined();
    cache.store("b", ["user:2"], "unconcerned", token);
    expect(cache.read("b")).toBe("unconcerned");
  });

  it("does not keep a load so old that what happened since has been forgotten", async () => {
    const token = cache.begin();
    await announce("user:first");
    // Many more changes than it remembers; the first one is among those forgotten.
    await pool.query("SELECT pg_notify('parley_changes', 'user:' || n) FROM generate_series(1, 1500) AS n");
    await hearAll();
    cache.store("a", ["user:first"], "stale", token);
    expect(cache.read("a")).toBeUndefined();
  });

  it("stays within its bound, and forgets what was read longest ago", async () => {
    for (const key of ["a", "b", "c"]) cache.store(key, [`user:${key}`], key, cache.begin());
    cache.read("a");
    cache.store("d", ["user:d"], "d", cache.begin());
    expect(["a", "b", "c", "d"].map((key) => cache.read(key))).toEqual(["a", undefined, "c", "d"]);
    await announce("user:b");
    await hearAll();
    expect(cache.read("a")).toBe("a");
  });

  it("is empty once cleared, also for loads under way", () => {
    const token = cache.begin();
    cache.store("a", ["user:1"], "A", token);
    cache.clear();
    cache.store("b", ["user:1"], "B", token);
    expect([cache.read("a"), cache.read("b")]).toEqual([undefined, undefined]);
  });

  it("never shows less than what was committed before, however reads and writes interleave", async () => {
    const user = await createUser(pool);
    const read = async (): Promise<number> => {
      const known = cache.read("bio");
      if (known !== undefined) return Number(known);
      const token = cache.begin();
      const { rows } = await pool.query<{ bio: string | null }>("SELECT bio FROM users WHERE id = $1", [user.id]);
      const bio = rows[0]?.bio ?? "0";
      cache.store("bio", [`user:${user.id}`], bio, token);
      return Number(bio);
    };
    for (let n = 1; n <= 60; n++) {
      const racing = [read(), read()];
      await pool.query("UPDATE users SET bio = $2 WHERE id = $1", [user.id, String(n)]);
      racing.push(read());
      await hearAll();
      await Promise.all(racing);
      expect(await read()).toBe(n);
    }
  });
});

describe("while changes cannot be heard", () => {
  it("shows nothing, and nothing from before once they are heard again", async () => {
    cache.store("a", ["user:1"], "A", cache.begin());
    await proxy.down();
    await becomesLive(false);
    expect(cache.read("a")).toBeUndefined();
    await proxy.up();
    await becomesLive(true);
    expect(cache.read("a")).toBeUndefined();
  });

  it("keeps no load that began before the loss", async () => {
    const token = cache.begin();
    await proxy.down();
    await becomesLive(false);
    cache.store("a", ["user:1"], "during", token);
    await proxy.up();
    await becomesLive(true);
    expect(cache.read("a")).toBeUndefined();
    cache.store("a", ["user:1"], "after", token);
    expect(cache.read("a")).toBeUndefined();
  });

  it("keeps no load that began during the loss: what changed after it went unheard", async () => {
    await proxy.down();
    await becomesLive(false);
    const token = cache.begin();
    await announce("user:1");
    await proxy.up();
    await becomesLive(true);
    cache.store("a", ["user:1"], "stale", token);
    expect(cache.read("a")).toBeUndefined();
    cache.store("a", ["user:1"], "fresh", cache.begin());
    expect(cache.read("a")).toBe("fresh");
  });

  it("shows nothing from a connection that died without a word", async () => {
    cache.store("a", ["user:1"], "A", cache.begin());
    proxy.freeze();
    await announce("user:1");
    await expect.poll(() => cache.read("a"), { timeout: 10_000 }).toBeUndefined();
    await becomesLive(true);
    expect(cache.read("a")).toBeUndefined();
  });
});
