import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idempotencyJobs } from "./jobs";
import { createIdempotencyStore, type IdempotencyStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let store: IdempotencyStore;

// Turns every bit: enough to show that what lies in the table is not what was answered.
const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff);
const sealer = {
  seal: (plain: string) => turn(new TextEncoder().encode(plain)),
  open: (sealed: Uint8Array) => new TextDecoder().decode(turn(Uint8Array.from(sealed))),
};

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  store = createIdempotencyStore(database, sealer);
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const request = () => ({ scope: "ann POST /v1/things", key: uuidv7(), fingerprint: Buffer.from("body one") });
const answer = { status: 201, headers: { location: "/v1/things/1" }, body: '{"refresh_token":"rt_secret"}' };
type Request = ReturnType<typeof request>;
const letPass = ({ scope, key }: Request, interval: string) =>
  database.pool.query(
    `UPDATE idempotency_records SET expires_at = expires_at - $3::interval WHERE scope = $1 AND key = $2`,
    [scope, key, interval],
  );

describe("begin", () => {
  test("claims a key that nobody used", async () => {
    expect(await store.begin(request())).toEqual({ state: "fresh" });
  });

  test("tells that the first request is still running", async () => {
    const first = request();
    await store.begin(first);
    expect(await store.begin(first)).toEqual({ state: "running" });
  });

  test("replays the first answer to the same body", async () => {
    const first = request();
    await store.begin(first);
    await store.complete(first, answer);
    expect(await store.begin(first)).toEqual({ state: "replay", ...answer });
    expect(await store.begin(first)).toEqual({ state: "replay", ...answer });
  });

  test("refuses another body, whether the first was answered or not", async () => {
    const first = request();
    const other = { ...first, fingerprint: Buffer.from("body two") };
    await store.begin(first);
    expect(await store.begin(other)).toEqual({ state: "mismatch" });
    await store.complete(first, answer);
    expect(await store.begin(other)).toEqual({ state: "mismatch" });
  });

  test("keeps scopes apart", async () => {
    const first = request();
    await store.begin(first);
    await store.complete(first, answer);
    expect(await store.begin({ ...first, scope: "bob POST /v1/things" })).toEqual({ state: "fresh" });
    expect(await store.begin({ ...first, scope: "ann POST /v1/others" })).toEqual({ state: "fresh" });
  });

  test("20 at the same time: one is fresh, the others wait their turn", async () => {
    const first = request();
    const states = await Promise.all(Array.from({ length: 20 }, () => store.begin(first)));
    expect(states.map(({ state }) => state).toSorted()).toEqual(["fresh", ...new Array(19).fill("running")]);
  });

  test("forgets an answer after 24 hours, and not before", async () => {
    const first = request();
    await store.begin(first);
    await store.complete(first, answer);
    await letPass(first, "23 hours 59 minutes");
    expect(await store.begin(first)).toMatchObject({ state: "replay" });
    await letPass(first, "1 minute");
    expect(await store.begin({ ...first, fingerprint: Buffer.from("body two") })).toEqual({ state: "fresh" });
    expect(await store.begin(first)).toEqual({ state: "mismatch" });
  });

  test("gives up a claim whose holder has died", async () => {
    const first = request();
    await store.begin(first);
    await letPass(first, "1 minute");
    expect(await store.begin(first)).toEqual({ state: "fresh" });
    expect(await store.begin(first)).toEqual({ state: "running" });
  });
});

describe("abandon", () => {
  test("lets a retry run afresh", async () => {
    const first = request();
    await store.begin(first);
    await store.abandon(first);
    expect(await store.begin(first)).toEqual({ state: "fresh" });
  });

  test("takes no answer away", async () => {
    const first = request();
    await store.begin(first);
    await store.complete(first, answer);
    await store.abandon(first);
    expect(await store.begin(first)).toMatchObject({ state: "replay" });
  });
});

test("answers lie sealed in the table", async () => {
  const first = request();
  await store.begin(first);
  await store.complete(first, answer);
  const { rows } = await database.pool.query<{ sealed_answer: Buffer }>(
    "SELECT sealed_answer FROM idempotency_records WHERE key = $1",
    [first.key],
  );
  expect(rows[0]?.sealed_answer.includes("rt_secret")).toBe(false);
  expect(sealer.open(rows[0]?.sealed_answer ?? Buffer.of())).toContain("rt_secret");
});

test("the clean-up deletes what has expired and what is of nobody any more, and nothing else", async () => {
  const { id } = await createUser(database.pool);
  const own = (caller: string) => ({ ...request(), scope: `${caller} POST /v1/things` });
  const [expired, kept, ofUser, ofOthers] = [request(), request(), own(`user:${id}`), own("user:x")];
  const purged = own(`user:${uuidv7()}`);
  for (const one of [kept, expired, ofUser, ofOthers, purged]) {
    await store.begin(one);
    await store.complete(one, answer);
  }
  await letPass(expired, "25 hours");
  await idempotencyJobs({ idempotency: store })["idempotency.deleteStale"]();
  const keys = [expired, kept, ofUser, ofOthers, purged].map(({ key }) => key);
  const { rows } = await database.pool.query<{ key: string }>(
    "SELECT key FROM idempotency_records WHERE key = ANY($1) ORDER BY key",
    [keys],
  );
  expect(rows.map(({ key }) => key)).toEqual([kept, ofUser, ofOthers].map(({ key }) => key).toSorted());
});
