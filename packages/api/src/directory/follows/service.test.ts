import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getOwnProfile, getPublicProfile } from "../../profile/service";
import { createProfileStore, type ProfileStore } from "../../profile/store";
import { followPerson, getFollowStatus, listFollowers, listFollowing, unfollowPerson } from "./service";
import { createFollowStore, type FollowStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let deps: { follows: FollowStore; profiles: ProfileStore; objects: ReturnType<typeof createRecordingObjects> };

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  deps = {
    follows: createFollowStore(database),
    profiles: createProfileStore(database),
    objects: createRecordingObjects(),
  };
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const firstPage = { page: 1, perPage: 20 };
const create = (facts: UserFacts = {}) => createUser(database.pool, facts);
const person = async (facts: UserFacts = {}) => actorFor(await create(facts));
async function deletedPerson() {
  const user = await create();
  await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [user.id]);
  return user;
}

describe("following", () => {
  test("is answered with who, whom and since when", async () => {
    const [ann, bob] = [await person(), await create()];
    const follow = await followPerson(deps, ann, { id: bob.id });
    expect(follow).toEqual({ followerId: ann.userId, followedId: bob.id, createdAt: follow.createdAt });
    expect(await getFollowStatus(deps, ann, { id: bob.id })).toEqual({
      isFollowing: true,
      followedAt: follow.createdAt,
    });
  });

  test("goes one way", async () => {
    const [ann, bob] = [await person(), await person()];
    await followPerson(deps, ann, { id: bob.userId });
    expect(await getFollowStatus(deps, bob, { id: ann.userId })).toEqual({ isFollowing: false, followedAt: null });
    await followPerson(deps, bob, { id: ann.userId });
  });

  test("twice is a conflict", async () => {
    const [ann, bob] = [await person(), await create()];
    await followPerson(deps, ann, { id: bob.id });
    await expect(followPerson(deps, ann, { id: bob.id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("oneself is refused", async () => {
    const ann = await person();
    await expect(followPerson(deps, ann, { id: ann.userId })).rejects.toMatchObject({
      code: "validation_error",
      details: { id: "must be another person" },
    });
  });

  test("nobody, and somebody who has left, are not found alike", async () => {
    const ann = await person();
    for (const id of [uuidv7(), (await deletedPerson()).id]) {
      const missing = { code: "not_found", message: "Person not found" };
      await expect(followPerson(deps, ann, { id })).rejects.toMatchObject(missing);
      await expect(getFollowStatus(deps, ann, { id })).rejects.toMatchObject(missing);
      await expect(listFollowers(deps, ann, { id, ...firstPage })).rejects.toMatchObject(missing);
    }
  });

  test("20 times at once succeeds once; the others are conflicts", async () => {
    const [ann, bob] = [await person(), await create({ role: "host" })];
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => followPerson(deps, ann, { id: bob.id })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(refused).toEqual(new Array(19).fill("conflict"));
    expect(await followerCount(bob.username)).toBe(1);
  });
});

describe("unfollowing", () => {
  test("ends it, once", async () => {
    const [ann, bob] = [await person(), await create()];
    await followPerson(deps, ann, { id: bob.id });
    await unfollowPerson(deps, ann, { id: bob.id });
    expect(await getFollowStatus(deps, ann, { id: bob.id })).toEqual({ isFollowing: false, followedAt: null });
    await expect(unfollowPerson(deps, ann, { id: bob.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(unfollowPerson(deps, ann, { id: uuidv7() })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the count of followers", () => {
  test("stands in the public profile and follows every change, also many at once", async () => {
    const host = await create({ role: "host" });
    const people = await Promise.all(Array.from({ length: 12 }, () => person()));
    await Promise.all(people.map((actor) => followPerson(deps, actor, { id: host.id })));
    expect(await followerCount(host.username)).toBe(12);
    await Promise.all(people.slice(0, 5).map((actor) => unfollowPerson(deps, actor, { id: host.id })));
    expect(await followerCount(host.username)).toBe(7);
    await database.pool.query("DELETE FROM users WHERE id = $1", [people[11]?.userId]);
    expect(await followerCount(host.username)).toBe(6);
  });

  test("does not make the host's own next save stale", async () => {
    const host = await create({ role: "host" });
    const { version } = await getOwnProfile(deps, actorFor(host));
    await followPerson(deps, await person(), { id: host.id });
    expect((await getOwnProfile(deps, actorFor(host))).version).toBe(version);
  });

  test("is announced, so that no cache keeps the old one", async () => {
    const host = await create({ role: "host" });
    const client = await database.pool.connect();
    const heard: (string | undefined)[] = [];
    client.on("notification", ({ payload }) => heard.push(payload));
    await client.query("LISTEN parley_changes");
    const ann = await person();
    await followPerson(deps, ann, { id: host.id });
    await unfollowPerson(deps, ann, { id: host.id });
    // PostgreSQL delivers what was announced before it answers the next statement.
    await client.query("UNLISTEN *");
    client.removeAllListeners("notification");
    client.release();
    expect(heard).toEqual([`user:${host.id}`, `user:${host.id}`]);
  });
});

describe("lists", () => {
  test("show who follows a person, newest first, page by page", async () => {
    const host = await create({ role: "host" });
    const ann = await person({ displayName: "Ann", avatarKey: "avatars/ann.jpg" });
    const bob = await person({ displayName: "Bob", role: "host", username: "bob-the-host" });
    const eve = await person({ displayName: "Eve" });
    for (const actor of [ann, bob, eve]) await followPerson(deps, actor, { id: host.id });
    const first = await listFollowers(deps, ann, { id: host.id, page: 1, perPage: 2 });
    expect(first).toMatchObject({ page: 1, perPage: 2, total: 3 });
    expect(first.items.map(({ displayName, username }) => [displayName, username])).toEqual([
      ["Eve", null],
      ["Bob", "bob-the-host"],
    ]);
    const { items } = await listFollowers(deps, ann, { id: host.id, page: 2, perPage: 2 });
    const { followedAt } = await getFollowStatus(deps, ann, { id: host.id });
    expect(items).toEqual([
      {
        id: ann.userId,
        displayName: "Ann",
        username: null,
        avatarUrl: "https://cdn.example.test/avatars/ann.jpg",
        followedAt,
      },
    ]);
  });

  test("show whom one follows, newest first", async () => {
    const ann = await person();
    const people = [await create({ displayName: "Bob" }), await create({ displayName: "Eve" })];
    for (const { id } of people) await followPerson(deps, ann, { id });
    const { items, total } = await listFollowing(deps, ann, firstPage);
    expect(items.map(({ displayName }) => displayName)).toEqual(["Eve", "Bob"]);
    expect(total).toBe(2);
    expect(await listFollowing(deps, await person(), firstPage)).toEqual({ items: [], page: 1, perPage: 20, total: 0 });
  });

  test("show a private account to itself and to whom it follows alone", async () => {
    const [shy, host, other] = [await person(), await create({ role: "host" }), await person()];
    await followPerson(deps, shy, { id: host.id });
    await database.pool.query("INSERT INTO preferences (user_id, is_private_account) VALUES ($1, true)", [shy.userId]);
    const seenBy = async (actor: typeof shy) => (await listFollowers(deps, actor, { id: host.id, ...firstPage })).total;
    expect([await seenBy(shy), await seenBy(actorFor(host)), await seenBy(other)]).toEqual([1, 1, 0]);
  });

  test("leave out those who have left", async () => {
    const [ann, host] = [await person(), await create({ role: "host" })];
    await followPerson(deps, ann, { id: host.id });
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [ann.userId]);
    expect(await listFollowers(deps, ann, { id: host.id, ...firstPage })).toMatchObject({ items: [], total: 0 });
  });
});

async function followerCount(username: string | null): Promise<number> {
  return (await getPublicProfile(deps, { username: username ?? "" })).followerCount;
}
