import { actorFor, createUser } from "@parley/testing/factories";
import { describe, expect, test } from "vitest";
import { useProfiles } from "../../test/profiles";
import { publicProfile, updateProfileInput } from "./schema";
import { getOwnProfile, updateProfile } from "./service";

const profiles = useProfiles();
const { daysAgo, deps, host, lookUp, person } = profiles;

describe("one's own profile", () => {
  test("holds null for what is not known yet", async () => {
    const user = await createUser(profiles.database.pool, { displayName: "Jane" });
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
    await profiles.database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [actor.userId]);
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
      await profiles.database.pool.query("INSERT INTO follows (follower_id, followed_id) VALUES ($1, $2)", [
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
    await profiles.database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.userId]);
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
