import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followPerson, unfollowPerson } from "../directory/follows/service";
import { createFollowStore } from "../directory/follows/store";
import { countUnread, forgetOldNotifications, listNotifications, markAllRead, markRead } from "./service";
import { createNotificationStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let deps: Parameters<typeof listNotifications>[0];
let now = new Date("2026-11-20T10:00:00Z");

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  deps = { notifications: createNotificationStore(database), clock: () => now };
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const firstPage = { page: 1, perPage: 20 };
const person = async (facts: UserFacts = {}) => actorFor(await createUser(database.pool, facts));
const missing = { code: "not_found", message: "Notification not found" };

/** Tells somebody of as many followers as there are names, one after the other. */
async function tell(userId: string, ...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const id = uuidv7();
    await database.pool.query(
      `INSERT INTO notifications (id, user_id, type, title, body, cause, created_at)
       VALUES ($1, $2, 'follow_new', $3, '', $4, clock_timestamp())`,
      [id, userId, `${name} follows you`, `follow:${id}`],
    );
    ids.push(id);
  }
  return ids;
}
const readTimes = async (userId: string) =>
  (await database.pool.query("SELECT read_at FROM notifications WHERE user_id = $1 ORDER BY id", [userId])).rows.map(
    ({ read_at }) => read_at,
  );

describe("notifications", () => {
  test("are listed to the one who was told, newest first, page by page", async () => {
    const [ann, bob] = [await person(), await person()];
    await tell(ann.userId, "One", "Two", "Three");
    await tell(bob.userId, "Other");
    const first = await listNotifications(deps, ann, { page: 1, perPage: 2 });
    expect(first).toMatchObject({ page: 1, perPage: 2, total: 3 });
    const second = await listNotifications(deps, ann, { page: 2, perPage: 2 });
    expect([...first.items, ...second.items].map(({ title }) => title)).toEqual([
      "Three follows you",
      "Two follows you",
      "One follows you",
    ]);
    expect(await countUnread(deps, ann)).toEqual({ count: 3 });
  });

  test("once read, are left out where the unread are asked for", async () => {
    const ann = await person();
    const [one = "", two] = await tell(ann.userId, "One", "Two");
    await markRead(deps, ann, { id: one });
    const unread = await listNotifications(deps, ann, { unread: true, ...firstPage });
    expect(unread.items.map(({ id, read }) => [id, read])).toEqual([[two, false]]);
    expect(unread.total).toBe(1);
    const all = await listNotifications(deps, ann, { unread: false, ...firstPage });
    expect(all.items.map(({ read }) => read)).toEqual([false, true]);
    expect(await countUnread(deps, ann)).toEqual({ count: 1 });
  });

  test("are read when they were read first", async () => {
    const ann = await person();
    const [one = ""] = await tell(ann.userId, "One", "Two");
    const first = now;
    await markRead(deps, ann, { id: one });
    now = new Date(now.getTime() + 60_000);
    await markRead(deps, ann, { id: one });
    await markAllRead(deps, ann);
    expect(await readTimes(ann.userId)).toEqual([first, now]);
    expect(await countUnread(deps, ann)).toEqual({ count: 0 });
  });

  test("of others are as good as none", async () => {
    const [ann, bob] = [await person(), await person()];
    const [one = ""] = await tell(ann.userId, "One");
    await expect(markRead(deps, bob, { id: one })).rejects.toMatchObject(missing);
    await expect(markRead(deps, bob, { id: uuidv7() })).rejects.toMatchObject(missing);
    await markAllRead(deps, bob);
    expect(await countUnread(deps, ann)).toEqual({ count: 1 });
  });
});

describe("a new follower", () => {
  let follows: Parameters<typeof followPerson>[0];
  let host: Awaited<ReturnType<typeof person>>;
  beforeEach(async () => {
    follows = { follows: createFollowStore(database), objects: createRecordingObjects() };
    host = await person({ role: "host" });
  });
  const heard = async () => (await listNotifications(deps, host, firstPage)).items;

  test("is told of to the host", async () => {
    const ann = await person({ displayName: "Ann", username: "ann-follows" });
    await followPerson(follows, ann, { id: host.userId });
    expect(await heard()).toEqual([
      {
        id: expect.any(String),
        type: "follow_new",
        title: "Ann follows you",
        body: "",
        data: { personId: ann.userId, username: "ann-follows" },
        read: false,
        createdAt: expect.any(String),
      },
    ]);
  });

  test("who leaves and comes back is told of once", async () => {
    const ann = await person();
    for (let time = 0; time < 3; time++) {
      await followPerson(follows, ann, { id: host.userId });
      await unfollowPerson(follows, ann, { id: host.userId });
    }
    expect(await heard()).toHaveLength(1);
    expect((await heard())[0]?.data).toEqual({ personId: ann.userId });
  });

  test("20 times at once is told of once", async () => {
    const ann = await person();
    await Promise.allSettled(Array.from({ length: 20 }, () => followPerson(follows, ann, { id: host.userId })));
    expect(await heard()).toHaveLength(1);
  });

  test("of somebody who is no host is told to nobody", async () => {
    const [ann, bob] = [await person(), await person({ role: "verified_user" })];
    await followPerson(follows, ann, { id: bob.userId });
    expect(await countUnread(deps, bob)).toEqual({ count: 0 });
  });
});

describe("old notifications", () => {
  test("are forgotten 90 days after they were read, and a year after they were written", async () => {
    const ann = await person();
    const ids = await tell(ann.userId, "Just read", "Long read", "Never read", "Never read, and older", "New");
    const day = 24 * 60 * 60 * 1000;
    const age = (id: string | undefined, writtenDays: number, readDays: number | null) =>
      database.pool.query("UPDATE notifications SET created_at = $2, read_at = $3 WHERE id = $1", [
        id,
        new Date(now.getTime() - writtenDays * day),
        readDays === null ? null : new Date(now.getTime() - readDays * day),
      ]);
    await age(ids[0], 300, 89);
    await age(ids[1], 300, 91);
    await age(ids[2], 364, null);
    await age(ids[3], 366, null);
    await forgetOldNotifications(deps);
    const { items } = await listNotifications(deps, ann, firstPage);
    expect(items.map(({ title }) => title.replace(" follows you", ""))).toEqual(["New", "Just read", "Never read"]);
  });
});
