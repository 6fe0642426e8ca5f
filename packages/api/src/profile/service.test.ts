import { setTimeout as wait } from "node:timers/promises";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicProfile, updateProfileInput } from "./schema";
import { getOwnProfile, getPublicProfile, getUsernameAvailability, updateProfile } from "./service";
import { createProfileStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const deps = () => ({ profiles: createProfileStore(database), objects: createRecordingObjects() });
const person = async (facts: UserFacts = {}) => actorFor(await createUser(database.pool, facts));
const host = (username: string) => person({ role: "host", username });
const lookUp = (username: string) => getPublicProfile(deps(), { username });
const daysAgo = (days: number, username: string) =>
  database.pool.query("UPDATE former_usernames SET released_at = now() - $1 * interval '1 day' WHERE username = $2", [
    days,
    username,
  ]);
async function isSomeoneWaiting(): Promise<boolean> {
  const { rows } = await database.pool.query<{ is_waiting: boolean }>(
    "SELECT count(*) > 0 AS is_waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  );
  return rows[0]?.is_waiting === true;
}
const takenName = { code: "conflict", details: { username: "is taken" } };

describe("one's own profile", () => {
  test("holds null for what is not known yet", async () => {
    const user = await createUser(database.pool, { displayName: "Jane" });
    expect(await getOwnProfile(deps(), actorFor(user))).toEqual({
      id: user.id,
      email: user.email,
      displayName: "Jane",
      username: null,
      bio: null,
      avatarUrl: null,
      role: "user",
      emailVerified: false,
      isAgeVerified: false,
      isAvailable: false,
      ratePerMinuteCents: null,
      windowSizeMinutes: null,
      payoutEnabled: false,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      version: 1,
    });
  });

  test("is no more once the account has gone", async () => {
    const actor = await person();
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [actor.userId]);
    await expect(getOwnProfile(deps(), actor)).rejects.toMatchObject({ code: "unauthorized" });
    await expect(updateProfile(deps(), actor, { displayName: "x" })).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("an update", () => {
  test("changes what is given and leaves the rest", async () => {
    const actor = await person({ role: "host", username: "partial", bio: "Old", displayName: "Old" });
    const before = await getOwnProfile(deps(), actor);
    expect(await updateProfile(deps(), actor, { displayName: "New" })).toEqual({
      ...before,
      displayName: "New",
      version: 2,
    });
    expect(await updateProfile(deps(), actor, { bio: "New" })).toMatchObject({ displayName: "New", bio: "New" });
    expect(await updateProfile(deps(), actor, { username: "partial-2" })).toMatchObject({
      displayName: "New",
      bio: "New",
      username: "partial-2",
    });
  });

  test("clears the bio for null, and keeps it where it is left out", async () => {
    const actor = await person({ bio: "Old" });
    expect(await updateProfile(deps(), actor, {})).toMatchObject({ bio: "Old" });
    expect(await updateProfile(deps(), actor, { bio: null })).toMatchObject({ bio: null });
  });

  test("of nothing, or to what is there already, raises no version", async () => {
    const actor = await person({ displayName: "Jane", username: "unchanged" });
    expect(await updateProfile(deps(), actor, {})).toMatchObject({ version: 1 });
    expect(await updateProfile(deps(), actor, { displayName: "Jane", username: "unchanged" })).toMatchObject({
      version: 1,
    });
  });

  test("takes back what was read, also before a username was chosen", async () => {
    const actor = await person();
    const read = await getOwnProfile(deps(), actor);
    expect(await updateProfile(deps(), actor, updateProfileInput.parse(read))).toEqual(read);
  });

  test("never takes a username away", async () => {
    const actor = await person({ username: "to-keep" });
    await expect(updateProfile(deps(), actor, { username: null, bio: "New" })).rejects.toMatchObject({
      code: "validation_error",
      details: { username: "cannot be removed, only changed" },
    });
    expect(await getOwnProfile(deps(), actor)).toMatchObject({ username: "to-keep", bio: null });
  });

  test("stores 80 and 500 emoji, which is as much as the database takes", async () => {
    const actor = await person();
    const change = updateProfileInput.parse({ displayName: "😀".repeat(80), bio: "😀".repeat(500) });
    expect(await updateProfile(deps(), actor, change)).toMatchObject(change);
  });

  test("stores text as text", async () => {
    const actor = await person();
    const displayName = `'; DROP TABLE users; -- $1 \\ "`.trim();
    expect(await updateProfile(deps(), actor, { displayName })).toMatchObject({ displayName });
  });
});

describe("an update of the version that was read", () => {
  test("is made while that is the present one, and refused after", async () => {
    const actor = await person();
    const { version } = await getOwnProfile(deps(), actor);
    expect(await updateProfile(deps(), actor, { displayName: "A", expectedVersion: version })).toMatchObject({
      version: version + 1,
    });
    await expect(updateProfile(deps(), actor, { displayName: "B", expectedVersion: version })).rejects.toMatchObject({
      code: "precondition_failed",
    });
    expect(await getOwnProfile(deps(), actor)).toMatchObject({ displayName: "A" });
  });

  test("by 10 at once is made by one", async () => {
    const actor = await person();
    const { version: expectedVersion } = await getOwnProfile(deps(), actor);
    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => updateProfile(deps(), actor, { bio: `by ${index}`, expectedVersion })),
    );
    expect(settled.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of settled) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "precondition_failed" });
    }
  });
});

describe("a username", () => {
  test("is taken in any case", async () => {
    await host("first-come");
    const { username } = updateProfileInput.parse({ username: "First-COME" });
    await expect(updateProfile(deps(), await person(), { username })).rejects.toMatchObject(takenName);
  });

  test("claimed by 20 at once is one person's", async () => {
    const actors = await Promise.all(Array.from({ length: 20 }, () => person()));
    const settled = await Promise.allSettled(
      actors.map((actor) => updateProfile(deps(), actor, { username: "contested" })),
    );
    const refused = settled.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(19);
    for (const { reason } of refused) expect(reason).toMatchObject(takenName);
  });

  test("just given up and claimed by 20 at once stays kept for its former owner", async () => {
    const owner = await host("passed-on");
    const actors = await Promise.all(Array.from({ length: 20 }, () => person()));
    const [renamed, ...claims] = await Promise.allSettled([
      updateProfile(deps(), owner, { username: "passed-on-2" }),
      ...actors.map((actor) => updateProfile(deps(), actor, { username: "passed-on" })),
    ]);
    expect(renamed?.status).toBe("fulfilled");
    for (const claim of claims) expect(claim).toMatchObject({ status: "rejected", reason: takenName });
  });

  test("that two want from each other at once is taken, also where the database has to part them", async () => {
    const [a, b] = [await host("swap-a"), await host("swap-b")];
    const other = await database.pool.connect();
    await other.query("BEGIN");
    await other.query("UPDATE users SET username = 'swap-c' WHERE id = $1", [b.userId]);
    // Waits for the other's name, whose row has just changed; then the other waits for this one's.
    const claim = updateProfile(deps(), a, { username: "swap-b" });
    const refused = expect(claim).rejects.toMatchObject(takenName);
    while (!(await isSomeoneWaiting())) await wait(10);
    await other.query("SET LOCAL deadlock_timeout = '10s'");
    const otherClaim = other.query("UPDATE users SET username = 'swap-a' WHERE id = $1", [b.userId]);
    await expect(otherClaim).rejects.toThrow();
    await refused;
    await other.query("ROLLBACK");
    other.release();
    expect(await lookUp("swap-a")).toMatchObject({ id: a.userId });
    expect(await lookUp("swap-b")).toMatchObject({ id: b.userId });
  });

  test("given up is kept for its owner for 90 days: others are refused, the owner may have it back", async () => {
    const owner = await host("kept-name");
    const other = await person();
    await updateProfile(deps(), owner, { username: "newer-name" });
    await expect(updateProfile(deps(), other, { username: "kept-name" })).rejects.toMatchObject(takenName);
    await daysAgo(89, "kept-name");
    await expect(updateProfile(deps(), other, { username: "kept-name" })).rejects.toMatchObject(takenName);
    expect(await updateProfile(deps(), owner, { username: "kept-name" })).toMatchObject({ username: "kept-name" });
    expect(await lookUp("kept-name")).toMatchObject({ id: owner.userId });
    // The name in between is now the one that is kept, and leads to the owner.
    await expect(lookUp("newer-name")).rejects.toMatchObject({ code: "moved", details: { username: "kept-name" } });
  });

  test("given up 90 days ago is anybody's", async () => {
    const owner = await host("free-again");
    await updateProfile(deps(), owner, { username: "moved-on" });
    await daysAgo(91, "free-again");
    const other = await person();
    expect(await updateProfile(deps(), other, { username: "free-again" })).toMatchObject({ username: "free-again" });
    await expect(updateProfile(deps(), owner, { username: "free-again" })).rejects.toMatchObject(takenName);
  });
});

describe("the availability of a username", () => {
  const available = { isAvailable: true, reason: null };
  const ask = (actor: Awaited<ReturnType<typeof person>>, username: string) =>
    getUsernameAvailability(deps(), actor, { username });

  test.each([
    ["wide-open", null],
    ["  Wide-Open ", null],
    ["", "invalid"],
    ["ab", "invalid"],
    ["jané", "invalid"],
    ["a\u0000c", "invalid"],
    ["Settings", "reserved"],
  ] as const)("%j: %s", async (username, reason) => {
    expect(await ask(await person(), username)).toEqual({ isAvailable: reason === null, reason });
  });

  test("is denied where another has it, whoever they are, in any case", async () => {
    await person({ username: "had-by-a-visitor" });
    expect(await ask(await person(), "Had-By-A-Visitor")).toEqual({ isAvailable: false, reason: "taken" });
  });

  test("holds for one's own, present and former, and for what was given up long ago", async () => {
    const [owner, other] = [await host("mine-first"), await person()];
    await updateProfile(deps(), owner, { username: "mine-second" });
    for (const name of ["mine-first", "mine-second"]) {
      expect(await ask(owner, name)).toEqual(available);
      expect(await ask(other, name)).toEqual({ isAvailable: false, reason: "taken" });
    }
    await daysAgo(91, "mine-first");
    expect(await ask(other, "mine-first")).toEqual(available);
  });

  test("is what an update then says", async () => {
    await host("agreed-taken");
    const actor = await person();
    for (const username of ["agreed-taken", "agreed-free"]) {
      const { isAvailable } = await ask(actor, username);
      const isSaved = await updateProfile(deps(), actor, { username }).then(
        () => true,
        () => false,
      );
      expect(isSaved).toBe(isAvailable);
    }
  });
});

describe("a public profile", () => {
  test("shows what is public, and nothing else", async () => {
    const actor = await person({ role: "host", username: "public-jane", bio: "Coach", avatarKey: "avatars/a.jpg" });
    const profile = await lookUp("public-jane");
    expect(profile).toEqual({
      id: actor.userId,
      displayName: "Jane Smith",
      username: "public-jane",
      bio: "Coach",
      avatarUrl: "https://cdn.example.test/avatars/a.jpg",
      isAvailable: false,
      ratePerMinuteCents: 250,
      windowSizeMinutes: 10,
      followerCount: 0,
    });
    expect(publicProfile.strict().safeParse(profile).success).toBe(true);
  });

  test("counts followers", async () => {
    const actor = await host("followed");
    for (const follower of [await person(), await person()]) {
      await database.pool.query("INSERT INTO follows (follower_id, followed_id) VALUES ($1, $2)", [
        follower.userId,
        actor.userId,
      ]);
    }
    expect(await lookUp("followed")).toMatchObject({ followerCount: 2 });
  });

  test.each(["nobody", "me", "a", "x".repeat(200), "../admin", "%", "jané", "a b"])(
    "of %j is not found",
    async (name) => {
      await expect(lookUp(name)).rejects.toMatchObject({ code: "not_found", message: "Host not found" });
    },
  );

  test("of a person who is no host, or whose account has gone, is not found in the same words", async () => {
    await person({ role: "verified_user", username: "no-host" });
    await person({ role: "admin", username: "no-host-2" });
    const gone = await host("gone-host");
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.userId]);
    for (const name of ["no-host", "no-host-2", "gone-host"]) {
      await expect(lookUp(name)).rejects.toMatchObject({ code: "not_found", message: "Host not found", details: null });
    }
  });

  test("under a former username leads to the present one, through every rename", async () => {
    const actor = await host("name-1");
    await updateProfile(deps(), actor, { username: "name-2" });
    await updateProfile(deps(), actor, { username: "name-3" });
    for (const name of ["name-1", "name-2"]) {
      await expect(lookUp(name)).rejects.toMatchObject({ code: "moved", details: { username: "name-3" } });
    }
    expect(await lookUp("name-3")).toMatchObject({ id: actor.userId });
  });

  test("under a former username still leads there after 90 days, while nobody else has it", async () => {
    const actor = await host("long-ago");
    await updateProfile(deps(), actor, { username: "long-ago-2" });
    await daysAgo(365, "long-ago");
    await expect(lookUp("long-ago")).rejects.toMatchObject({ code: "moved", details: { username: "long-ago-2" } });
  });

  test("never leads away from a name that is another's now, whether host or not, nor after that one left it", async () => {
    const first = await host("reassigned");
    await updateProfile(deps(), first, { username: "first-moved" });
    await daysAgo(91, "reassigned");
    const second = await person();
    await updateProfile(deps(), second, { username: "reassigned" });
    await expect(lookUp("reassigned")).rejects.toMatchObject({ code: "not_found" });

    await updateProfile(deps(), second, { username: "second-moved" });
    // Its last owner is no host: there is nowhere to lead, least of all to the first.
    await expect(lookUp("reassigned")).rejects.toMatchObject({ code: "not_found" });
  });
});
