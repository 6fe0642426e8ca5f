import { createPrivateKey, createPublicKey } from "node:crypto";
import { openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSealer } from "./sealer";
import { createSigningKeys } from "./signing-keys";

const retireAfterMs = 965_000;

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let now: Date;
let ends: (() => Promise<void>)[];

beforeEach(async () => {
  fresh = await freshDatabase();
  now = new Date();
  ends = [];
});
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  await fresh.close();
});

/** The keys as one process has them: with its own pool and its own ear. */
async function open({ isListening = true, secret = "a test's secret" } = {}) {
  const database = openDatabase({ url: fresh.url });
  if (isListening) await database.changes.start();
  const { pool, changes } = database;
  const sealer = createSealer(secret, "signing keys");
  const keys = createSigningKeys({ pool, changes, sealer, retireAfterMs, now: () => now });
  ends.push(async () => {
    keys.close();
    await database.close();
  });
  return { ...keys, pool, changes, sealer };
}

type Opened = Awaited<ReturnType<typeof open>>;

const publishedIds = ({ jwks }: Opened) => jwks().keys.map(({ kid }) => kid);
const signerId = async ({ signer }: Opened) => (await signer()).kid;

async function storedKeys({ pool }: Opened) {
  const { rows } = await pool.query("SELECT * FROM signing_keys ORDER BY created_at");
  return rows;
}

/** Waits until everything that was announced so far has been heard, also the process's own changes, and acted upon. */
async function settle(keys: Opened): Promise<void> {
  const heard = new Promise<string>((resolve) => keys.changes.subscribe("test", resolve));
  await keys.pool.query("SELECT pg_notify('parley_changes', 'test:settled')");
  await heard;
  await keys.signer();
}

/** Rotates as a process whose announcements get lost would. */
async function rotateUnheard(from: Opened, by: Opened): Promise<string> {
  await from.pool.query("ALTER TABLE signing_keys DISABLE TRIGGER ALL");
  const { kid } = await by.rotate();
  await from.pool.query("ALTER TABLE signing_keys ENABLE TRIGGER ALL");
  return kid;
}

describe("the first key", () => {
  test("is made once, however many processes start at the same time", async () => {
    const all = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(all.map(({ start }) => start()));
    expect(await storedKeys(all[0])).toHaveLength(1);
    const ids = await Promise.all(all.map(signerId));
    expect(new Set(ids).size).toBe(1);
    expect(all.map(publishedIds)).toEqual(ids.map((kid) => [kid]));
  });

  test("is found again by the next process", async () => {
    const first = await open();
    await first.start();
    const next = await open();
    await next.start();
    expect(await signerId(next)).toBe(await signerId(first));
    expect(await storedKeys(first)).toHaveLength(1);
  });

  test("is stored with its private half sealed", async () => {
    const keys = await open();
    await keys.start();
    const [row] = await storedKeys(keys);
    expect(Object.keys(row.public_jwk).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    const opened = JSON.parse(keys.sealer.open(row.sealed_private_key));
    // Whole: the public half follows from it.
    const whole = createPublicKey(createPrivateKey({ key: opened, format: "jwk" })).export({ format: "jwk" });
    expect(whole).toEqual({ kty: "RSA", n: row.public_jwk.n, e: row.public_jwk.e });
    expect(row.sealed_private_key.includes(opened.d)).toBe(false);
  });
});

describe("the published keys", () => {
  test("have public members only, of RSA with 2048 bits", async () => {
    const keys = await open();
    await keys.start();
    const { kid } = await keys.rotate();
    const published = keys.jwks().keys;
    expect(published).toHaveLength(2);
    for (const jwk of published) {
      expect(Object.keys(jwk).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(jwk).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256", e: "AQAB" });
      expect(Buffer.from(jwk.n, "base64url")).toHaveLength(256);
    }
    expect(published[1]?.kid).toBe(kid);
  });

  test("stay public when a private member got into the public column", async () => {
    const keys = await open();
    await keys.start();
    await keys.pool.query(`UPDATE signing_keys SET public_jwk = public_jwk || '{"d": "secret"}'`);
    const next = await open();
    await next.start();
    expect(JSON.stringify(next.jwks())).not.toContain("secret");
  });
});

describe("rotation", () => {
  test("lets the new key sign and both verify, here at once and elsewhere as soon as it is heard", async () => {
    const [here, there] = [await open(), await open()];
    await here.start();
    await there.start();
    const old = await signerId(here);
    const { kid } = await here.rotate();
    expect(kid).not.toBe(old);
    for (const keys of [here, there]) {
      await expect.poll(() => publishedIds(keys), { timeout: 1_000, interval: 10 }).toEqual([old, kid]);
      expect(await signerId(keys)).toBe(kid);
      expect(await keys.verifier(old)).not.toBeNull();
      expect(await keys.verifier(kid)).not.toBeNull();
    }
  });

  test("lets the old key verify until its last token has expired, and then forgets it", async () => {
    const keys = await open();
    await keys.start();
    const old = await signerId(keys);
    const { kid } = await keys.rotate();
    now = new Date(now.getTime() + retireAfterMs - 1);
    expect(await keys.verifier(old)).not.toBeNull();
    now = new Date(now.getTime() + 1);
    expect(await keys.verifier(old)).toBeNull();
    expect(publishedIds(keys)).toEqual([kid]);
    const next = await keys.rotate();
    expect((await storedKeys(keys)).map((row) => row.kid)).toEqual([kid, next.kid]);
  });

  test("leaves one key that signs when several processes rotate at the same time", async () => {
    const all = await Promise.all([open(), open(), open()]);
    await Promise.all(all.map(({ start }) => start()));
    const made = await Promise.all(all.map(({ rotate }) => rotate()));
    const active = (await storedKeys(all[0])).filter((row) => row.retires_at === null);
    expect(active).toHaveLength(1);
    expect(made.map(({ kid }) => kid)).toContain(active[0].kid);
    for (const keys of all) await expect.poll(() => signerId(keys), { timeout: 1_000 }).toBe(active[0].kid);
    expect(publishedIds(all[0])).toHaveLength(4);
  });

  test("withdraws a key at once when the database says so", async () => {
    const [here, there] = [await open(), await open()];
    await here.start();
    await there.start();
    const old = await signerId(here);
    await here.rotate();
    await here.pool.query("UPDATE signing_keys SET retires_at = $1 WHERE kid = $2", [now, old]);
    for (const keys of [here, there]) {
      await expect.poll(() => keys.verifier(old), { timeout: 1_000, interval: 10 }).toBeNull();
    }
  });

  test("a new key is made when the last one was withdrawn", async () => {
    const keys = await open();
    await keys.start();
    const old = await signerId(keys);
    await keys.pool.query("UPDATE signing_keys SET retires_at = $1", [now]);
    await expect.poll(() => signerId(keys), { timeout: 1_000, interval: 10 }).not.toBe(old);
    expect(publishedIds(keys)).toEqual([await signerId(keys)]);
  });
});

describe("a key that was not announced", () => {
  test("is found when a token names it", async () => {
    const [here, there] = [await open(), await open()];
    await here.start();
    await there.start();
    await settle(there);
    const kid = await rotateUnheard(here, here);
    expect(publishedIds(there)).not.toContain(kid);
    expect(await there.verifier(kid)).not.toBeNull();
    expect(publishedIds(there)).toContain(kid);
  });

  test("is looked for at most once a second, whatever ids are made up", async () => {
    const keys = await open();
    await keys.start();
    await settle(keys);
    const query = vi.spyOn(keys.pool, "query");
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 50 }, (_, i) => keys.verifier(`made-up-${i}`)));
    for (let i = 0; i < 50; i++) expect(await keys.verifier(`made-up-again-${i}`)).toBeNull();
    const mostLookups = 1 + Math.floor((performance.now() - startedAt) / 1_000);
    expect(query.mock.calls.length).toBeGreaterThan(0);
    expect(query.mock.calls.length).toBeLessThanOrEqual(mostLookups);
  });

  test("is learned from the database while the change feed is down", async () => {
    const [here, deaf] = [await open(), await open({ isListening: false })];
    await deaf.start();
    await here.start();
    const { kid } = await here.rotate();
    await expect.poll(() => signerId(deaf), { timeout: 5_000, interval: 20 }).toBe(kid);
  });

  test("is learned from the database when the change feed has been closed", async () => {
    const [here, closed] = [await open(), await open()];
    await here.start();
    await closed.start();
    await settle(closed);
    await closed.changes.close();
    const { kid } = await here.rotate();
    await expect.poll(() => signerId(closed), { timeout: 5_000, interval: 20 }).toBe(kid);
  });

  test("is learned of when the change feed is heard again", async () => {
    const [here, there] = [await open(), await open()];
    await here.start();
    await there.start();
    await there.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parley-changes' AND datname = current_database()",
    );
    const kid = await rotateUnheard(here, here);
    await expect.poll(() => signerId(there), { timeout: 5_000, interval: 20 }).toBe(kid);
  });

  test("costs nothing to look for while the feed is heard and nothing changes", async () => {
    const keys = await open();
    await keys.start();
    await settle(keys);
    const kid = await signerId(keys);
    const query = vi.spyOn(keys.pool, "query");
    for (let i = 0; i < 20; i++) {
      await keys.signer();
      await keys.verifier(kid);
      keys.jwks();
    }
    expect(query).not.toHaveBeenCalled();
  });
});

test("a load that was overtaken does not bring the past back", async () => {
  const keys = await open();
  await keys.start();
  await settle(keys);
  const real = keys.pool.query.bind(keys.pool);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  vi.spyOn(keys.pool, "query").mockImplementationOnce(async (...given: Parameters<typeof real>) => {
    const answer = await real(...given);
    await held;
    return answer;
  });
  const overtaken = keys.verifier("unknown");
  const { kid } = await keys.rotate();
  expect(publishedIds(keys)).toContain(kid);
  letGo();
  expect(await overtaken).toBeNull();
  expect(publishedIds(keys)).toContain(kid);
});

describe("another secret", () => {
  test("is refused at the start in words that say what to do, and changes nothing", async () => {
    const right = await open();
    await right.start();
    const before = await storedKeys(right);
    const wrong = await open({ secret: "another secret" });
    await expect(wrong.start()).rejects.toThrow(/sealed with another secret.*AUTH_SECRET/);
    await expect(wrong.rotate()).rejects.toThrow(/sealed with another secret/);
    expect(await storedKeys(right)).toEqual(before);
  });
});

test("a failed start can be tried again", async () => {
  const keys = await open();
  const query = vi.spyOn(keys.pool, "query").mockImplementationOnce(() => Promise.reject(new Error("away")));
  await expect(keys.start()).rejects.toThrow("away");
  await keys.start();
  expect(publishedIds(keys)).toHaveLength(1);
  expect(query.mock.calls.length).toBeGreaterThan(1);
});
