import { type FreshDatabase, freshDatabase } from "@parley/testing";
import pg from "pg";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openProxy, type TcpProxy } from "../test/tcp-proxy";
import { type ChangeFeed, createChangeFeed } from "./change-feed";

let database: FreshDatabase;
let proxy: TcpProxy;
let pool: pg.Pool;
let feed: ChangeFeed;

beforeEach(async () => {
  database = await freshDatabase();
  proxy = await openProxy(database.url);
  pool = new pg.Pool({ connectionString: database.url });
  feed = createChangeFeed({ url: proxy.url });
});
afterEach(async () => {
  await feed.close();
  await proxy.close();
  await pool.end();
  await database.close();
});

const announce = (payload: string) => pool.query("SELECT pg_notify('parley_changes', $1)", [payload]);
const becomes = (isLive: boolean) => expect.poll(() => feed.isLive(), { timeout: 10_000 }).toBe(isLive);

it("is live once started, and hears the changes of a topic, with keys that hold colons", async () => {
  expect(feed.isLive()).toBe(false);
  await feed.start();
  expect(feed.isLive()).toBe(true);
  const users: string[] = [];
  const sessions: string[] = [];
  const unsubscribe = feed.subscribe("user", (key) => users.push(key));
  feed.subscribe("session", (key) => sessions.push(key));
  await announce("user:1");
  await announce("session:a:b");
  await expect.poll(() => sessions).toEqual(["a:b"]);
  expect(users).toEqual(["1"]);
  unsubscribe();
  await announce("user:2");
  await announce("session:c");
  await expect.poll(() => sessions).toEqual(["a:b", "c"]);
  expect(users).toEqual(["1"]);
});

it("hears what a change of a row announces", async () => {
  await feed.start();
  const users: string[] = [];
  feed.subscribe("user", (key) => users.push(key));
  const { rows } = await pool.query<{ id: string }>(
    "INSERT INTO users (id, email, display_name) VALUES (uuidv7(), 'a@example.test', 'A') RETURNING id",
  );
  await pool.query("UPDATE users SET bio = 'new'");
  await expect.poll(() => users).toEqual([rows[0]?.id]);
});

it("stays live while nothing happens", async () => {
  await feed.start();
  const lost = vi.fn();
  feed.subscribe("user", () => {}, lost);
  for (const end = performance.now() + 2_500; performance.now() < end; ) await announce("session:busy");
  expect(lost).not.toHaveBeenCalled();
});

it("notices a connection that the server ended, says so once, and returns by itself", async () => {
  await feed.start();
  const lost = vi.fn();
  const users: string[] = [];
  feed.subscribe("user", (key) => users.push(key), lost);
  await pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parley-changes' AND datname = current_database()",
  );
  await expect.poll(() => lost.mock.calls.length).toBe(1);
  await becomes(true);
  await announce("user:1");
  await expect.poll(() => users).toEqual(["1"]);
  expect(lost).toHaveBeenCalledTimes(1);
});

it("notices a connection that died without a word", async () => {
  await feed.start();
  const lost = vi.fn();
  feed.subscribe("user", () => {}, lost);
  proxy.freeze();
  await becomes(false);
  await expect.poll(() => lost.mock.calls.length, { timeout: 10_000 }).toBe(1);
  await becomes(true);
});

it("does not trust what it last heard when this process was asleep", async () => {
  await feed.start();
  const clock = vi.spyOn(performance, "now");
  clock.mockReturnValue(performance.now() + 1_001);
  expect(feed.isLive()).toBe(false);
  clock.mockRestore();
});

it("keeps trying while the server is down", async () => {
  await feed.start();
  await proxy.down();
  await becomes(false);
  await proxy.up();
  await becomes(true);
});

it("fails to start where there is no server, and leaves no connection when closed", async () => {
  await proxy.down();
  await expect(feed.start()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await proxy.up();
  await feed.start();
  await feed.close();
  expect(feed.isLive()).toBe(false);
  const connections = async () =>
    (
      await pool.query(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'parley-changes' AND datname = current_database()",
      )
    ).rows;
  await expect.poll(connections).toEqual([]);
});

it("closes also when the connection no longer answers", async () => {
  await feed.start();
  proxy.freeze();
  await feed.close();
  expect(feed.isLive()).toBe(false);
});
