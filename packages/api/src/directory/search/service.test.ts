import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { publicProfile } from "../../profile/schema";
import { createFollowStore } from "../follows/store";
import { type Search, searchInput } from "./schema";
import { listUsernames, searchHosts } from "./service";
import { createHostSearchStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let deps: Parameters<typeof searchHosts>[0];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  deps = { hostSearch: createHostSearchStore(database), objects: createRecordingObjects() };
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE users CASCADE");
});

const host = (username: string, facts: UserFacts = {}) =>
  createUser(database.pool, { role: "host", username, displayName: "A Host", ...facts });
const search = (input: Partial<Search> = {}) => searchHosts(deps, searchInput.parse(input));
const found = async (input: Partial<Search> = {}) => (await search(input)).items.map(({ username }) => username);

async function followedBy(count: number, { id }: { id: string }) {
  const follows = createFollowStore(database);
  for (let follower = 0; follower < count; follower += 1) {
    await follows.follow(actorFor(await createUser(database.pool)).userId, id);
  }
}

describe("search", () => {
  test("leaves out private accounts, and so does the list of usernames", async () => {
    const [{ id }] = [await host("shy"), await host("open")];
    await database.pool.query("INSERT INTO preferences (user_id, is_private_account) VALUES ($1, true)", [id]);
    expect(await search()).toMatchObject({ items: [{ username: "open" }], total: 1 });
    expect(await listUsernames(deps)).toEqual(["open"]);
    await database.pool.query("UPDATE preferences SET is_private_account = false");
    expect((await found()).sort()).toEqual(["open", "shy"]);
  });

  test("answers with public profiles, and nothing else of a person", async () => {
    const { id } = await host("jane", {
      displayName: "Jane Smith",
      bio: "Life coach",
      avatarKey: "avatars/jane.jpg",
      isAvailable: true,
    });
    const page = await search();
    expect(page).toEqual({
      items: [
        {
          id,
          displayName: "Jane Smith",
          username: "jane",
          bio: "Life coach",
          avatarUrl: "https://cdn.example.test/avatars/jane.jpg",
          isAvailable: true,
          ratePerMinuteCents: 250,
          windowSizeMinutes: 10,
          followerCount: 0,
        },
      ],
      page: 1,
      perPage: 20,
      total: 1,
    });
    expect(publicProfile.strict().safeParse(page.items[0]).success).toBe(true);
  });

  test("finds hosts alone, and none who has left", async () => {
    await host("present");
    const left = await host("left");
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [left.id]);
    await createUser(database.pool, { role: "verified_user", username: "visitor" });
    await createUser(database.pool, { role: "admin", username: "keeper" });
    expect(await found()).toEqual(["present"]);
  });

  test("pages through all of them, once each", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `host-${index}`);
    for (const name of names) await host(name, { isAvailable: name > "host-3" });
    const pages = await Promise.all([1, 2, 3, 4].map((page) => search({ page, perPage: 3 })));
    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1, 0]);
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 7, 7]);
    expect(pages.flatMap(({ items }) => items.map(({ username }) => username)).toSorted()).toEqual(names);
  });

  test("is empty far beyond the last page", async () => {
    await host("jane");
    expect(await search({ page: 100_000, perPage: 100 })).toMatchObject({ items: [], total: 1 });
  });
});

describe("order", () => {
  beforeEach(async () => {
    const known = [
      await host("old-cheap", { rateCents: 100 }),
      await host("old-dear", { rateCents: 900, isAvailable: true }),
      await host("new-cheap", { rateCents: 100, isAvailable: true }),
      await host("new-dear", { rateCents: 900 }),
    ];
    for (const [count, one] of known.entries()) await followedBy(count, one);
  });

  test.each([
    ["newest", ["new-cheap", "old-dear", "new-dear", "old-cheap"]],
    ["rate_asc", ["new-cheap", "old-dear", "old-cheap", "new-dear"]],
    ["rate_desc", ["old-dear", "new-cheap", "new-dear", "old-cheap"]],
    ["followers", ["new-cheap", "old-dear", "new-dear", "old-cheap"]],
    ["relevance", ["new-cheap", "old-dear", "new-dear", "old-cheap"]],
  ] as const)("%s: those who are available first", async (sort, expected) => {
    expect(await found({ sort })).toEqual(expected);
  });

  test("relevance: names before biographies, and then the more followed", async () => {
    await host("aaa", { bio: "I coach", displayName: "Zoe" });
    const followed = await host("bbb", { bio: "A coach too", displayName: "Yan" });
    await host("janecoach", { bio: "Nothing else" });
    await host("ccc", { displayName: "Coach Carter" });
    await followedBy(2, followed);
    expect(await found({ q: "coach" })).toEqual(["ccc", "janecoach", "bbb", "aaa"]);
  });

  test("relevance: available hosts first, though only their biography has the word", async () => {
    await host("janecoach");
    await host("available", { bio: "I coach", isAvailable: true });
    expect(await found({ q: "coach" })).toEqual(["available", "janecoach"]);
  });

  test("equal hosts stay in one order from page to page", async () => {
    for (let index = 0; index < 5; index += 1) await host(`twin-${index}`, { rateCents: 500 });
    const onePage = await found({ sort: "rate_asc", minRateCents: 500, maxRateCents: 500 });
    const pages = [1, 2, 3, 4, 5].map((page) =>
      found({ sort: "rate_asc", minRateCents: 500, maxRateCents: 500, page, perPage: 1 }),
    );
    expect((await Promise.all(pages)).flat()).toEqual(onePage);
  });
});

describe("query", () => {
  beforeEach(async () => {
    await host("janecoach", { displayName: "Jane Smith", bio: "Life coach and productivity consultant" });
    await host("emile", { displayName: "Émile ÅNGSTRÖM", bio: "100% math_tutor, C:\\maths\nand more" });
    await host("plain");
  });

  test.each([
    ["a word of the name", "smith", ["janecoach"]],
    ["a word of the username", "janecoach", ["janecoach"]],
    ["a word of the biography", "consultant", ["janecoach"]],
    ["in any case", "LIFE Coach", ["janecoach"]],
    ["in any case beyond ASCII", "émile ångström", ["emile"]],
    ["all words, wherever they are", "smith productivity janecoach", ["janecoach"]],
    ["all words, or nothing", "smith maths", []],
    ["a part of a word", "product", ["janecoach"]],
    ["one letter", "j", ["janecoach"]],
    ["two letters", "ja", ["janecoach"]],
    ["a percent sign as itself", "100%", ["emile"]],
    ["no percent sign as a wildcard", "l%e", []],
    ["an underscore as itself", "math_tutor", ["emile"]],
    ["no underscore as a wildcard", "l_fe", []],
    ["a backslash as itself", "c:\\maths", ["emile"]],
    ["a backslash at the end", "maths\\", []],
    ["a quote as itself", "'; DROP TABLE users; --", []],
    ["a word twice", "life life", ["janecoach"]],
    ["nothing but blanks", "   ", ["plain", "emile", "janecoach"]],
    ["fifty words", "a ".repeat(50), ["plain", "emile", "janecoach"]],
  ])("finds %s", async (_, q, expected) => {
    const { items, total } = await search({ q, sort: "newest" });
    expect(items.map(({ username }) => username)).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  test("finds a host under what they are called now", async () => {
    await database.pool.query("UPDATE users SET username = 'renamed', bio = NULL WHERE username = 'janecoach'");
    expect(await found({ q: "renamed" })).toEqual(["renamed"]);
    expect(await found({ q: "janecoach" })).toEqual([]);
    expect(await found({ q: "consultant" })).toEqual([]);
  });
});

describe("filters", () => {
  beforeEach(async () => {
    await host("cheap", { rateCents: 100, isAvailable: true, bio: "chess" });
    await host("fair", { rateCents: 250, bio: "chess" });
    await host("dear", { rateCents: 900, isAvailable: true });
  });

  test.each([
    ["available", { available: true }, ["cheap", "dear"]],
    ["not available", { available: false }, ["fair"]],
    ["from a rate on", { minRateCents: 250 }, ["dear", "fair"]],
    ["up to a rate", { maxRateCents: 250 }, ["cheap", "fair"]],
    ["of one rate", { minRateCents: 250, maxRateCents: 250 }, ["fair"]],
    ["all at once", { q: "chess", available: true, minRateCents: 50, maxRateCents: 500 }, ["cheap"]],
  ] as const)("%s", async (_, input, expected) => {
    const { items, total } = await search({ ...input, sort: "rate_asc" });
    expect(items.map(({ username }) => username).toSorted()).toEqual(expected);
    expect(total).toBe(expected.length);
  });
});

test("usernames are those of all present hosts, newest first", async () => {
  for (const username of ["first", "second", "third"]) await host(username);
  await createUser(database.pool, { role: "verified_user", username: "visitor" });
  await database.pool.query("UPDATE users SET deleted_at = now() WHERE username = 'second'");
  expect(await listUsernames(deps)).toEqual(["third", "first"]);
});
