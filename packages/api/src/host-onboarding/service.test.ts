import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { updateProfile } from "../profile/service";
import { createProfileStore } from "../profile/store";
import { becomeHost, planRate, setAvailable, setRate, setWindow } from "./service";
import { createHostOnboardingStore } from "./store";

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

const deps = () => ({
  hostOnboarding: createHostOnboardingStore(database),
  profiles: createProfileStore(database),
  objects: createRecordingObjects(),
});
const person = async (facts: UserFacts) => actorFor(await createUser(database.pool, facts));
const ready: UserFacts = { role: "verified_user", isAgeVerified: true };
const application = (username = `coach-${randomUUID().slice(0, 8)}`) => ({
  username,
  ratePerMinuteCents: 250,
  windowSizeMinutes: 10,
});

function tally(settled: PromiseSettledResult<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of settled) {
    const outcome = result.status === "fulfilled" ? "done" : String((result.reason as { code?: unknown }).code);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

describe("becoming a host", () => {
  test("answers with the whole profile, as a host", async () => {
    const actor = await person({ ...ready, displayName: "Jane Smith" });
    expect(await becomeHost(deps(), actor, { ...application("janecoach"), bio: "Life coach" })).toMatchObject({
      id: actor.userId,
      role: "host",
      username: "janecoach",
      bio: "Life coach",
      ratePerMinuteCents: 250,
      windowSizeMinutes: 10,
      isAvailable: false,
      isAgeVerified: true,
      emailVerified: true,
    });
  });

  test("keeps a bio that is left out, and clears it for null", async () => {
    const [keeping, clearing] = [await person({ ...ready, bio: "Old" }), await person({ ...ready, bio: "Old" })];
    expect(await becomeHost(deps(), keeping, application())).toMatchObject({ bio: "Old" });
    expect(await becomeHost(deps(), clearing, { ...application(), bio: null })).toMatchObject({ bio: null });
  });

  test("keeps the username that one already has", async () => {
    const actor = await person({ ...ready, username: "already-mine" });
    expect(await becomeHost(deps(), actor, application("already-mine"))).toMatchObject({ username: "already-mine" });
  });

  test.each([
    [{ role: "user", isAgeVerified: true }, "forbidden", "Verify your e-mail address before you become a host"],
    [{ role: "verified_user" }, "forbidden", "Verify your age before you become a host"],
    [{ role: "user" }, "forbidden", "Verify your e-mail address before you become a host"],
    [{ role: "admin", isAgeVerified: true }, "forbidden", "An administrator cannot become a host"],
    [{ role: "host" }, "conflict", "You are a host already"],
  ] satisfies [UserFacts, string, string][])("%j is refused: %s", async (facts, code, message) => {
    const actor = await person({ ...facts, username: null, ...(facts.role === "host" && { username: undefined }) });
    const before = await deps().profiles.find(actor.userId);
    await expect(becomeHost(deps(), actor, application())).rejects.toMatchObject({ code, message });
    expect(await deps().profiles.find(actor.userId)).toEqual(before);
  });

  test("what is missing is told before what is taken", async () => {
    const { username } = await createUser(database.pool, { role: "host" });
    const actor = await person({ role: "verified_user" });
    await expect(becomeHost(deps(), actor, application(username ?? ""))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a taken username is a conflict that names the field, and changes nothing", async () => {
    const { username } = await createUser(database.pool, { role: "host" });
    const actor = await person(ready);
    await expect(becomeHost(deps(), actor, application(username ?? ""))).rejects.toMatchObject({
      code: "conflict",
      details: { username: "is taken" },
    });
    expect(await deps().profiles.find(actor.userId)).toMatchObject({ role: "verified_user", ratePerMinuteCents: null });
  });

  test("a username that another gave up a moment ago is taken as well", async () => {
    const former = await person({ role: "host", username: "given-up" });
    await updateProfile(deps(), former, { username: "given-up-no-more" });
    await expect(becomeHost(deps(), await person(ready), application("given-up"))).rejects.toMatchObject({
      code: "conflict",
      details: { username: "is taken" },
    });
  });

  test("an account that has gone is told so", async () => {
    const actor = await person(ready);
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [actor.userId]);
    await expect(becomeHost(deps(), actor, application())).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("20 calls of one person at once make one host", async () => {
    const actor = await person(ready);
    const calls = Array.from({ length: 20 }, () => becomeHost(deps(), actor, application()));
    expect(tally(await Promise.allSettled(calls))).toEqual({ done: 1, conflict: 19 });
  });

  test("20 calls with the same username at once make one host", async () => {
    const actor = await person(ready);
    const calls = Array.from({ length: 20 }, () => becomeHost(deps(), actor, application("same-name")));
    expect(tally(await Promise.allSettled(calls))).toEqual({ done: 1, conflict: 19 });
  });

  test("20 people who claim one username at once: one gets it", async () => {
    const actors = await Promise.all(Array.from({ length: 20 }, () => person(ready)));
    const calls = actors.map((actor) => becomeHost(deps(), actor, application("wanted")));
    expect(tally(await Promise.allSettled(calls))).toEqual({ done: 1, conflict: 19 });
    const { rows } = await database.pool.query("SELECT role::text FROM users WHERE username = 'wanted'");
    expect(rows).toEqual([{ role: "host" }]);
  });
});

describe("a planned rate", () => {
  const planned = { ratePerMinuteCents: 400, windowSizeMinutes: 15 };

  test.each(["user", "verified_user"] as const)("of a %s is kept, changed, and shown to them alone", async (role) => {
    const actor = await person({ role, username: `plans-${role.slice(0, 4)}` });
    await planRate(deps(), actor, { ratePerMinuteCents: 50, windowSizeMinutes: 60 });
    expect(await planRate(deps(), actor, planned)).toEqual(planned);
    expect(await deps().profiles.find(actor.userId)).toMatchObject({ ...planned, role });
    expect(await deps().profiles.findHostByUsername(`plans-${role.slice(0, 4)}`)).toBeNull();
  });

  test("never changes what a host asks, though the plan was made before they became one", async () => {
    const actor = await person(ready);
    await becomeHost(deps(), actor, application());
    await expect(planRate(deps(), actor, planned)).rejects.toMatchObject({ code: "conflict" });
    expect(await deps().profiles.find(actor.userId)).toMatchObject({ ratePerMinuteCents: 250, windowSizeMinutes: 10 });
  });

  test("of an account that has gone is refused", async () => {
    const actor = await person({ role: "user" });
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [actor.userId]);
    await expect(planRate(deps(), actor, planned)).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("rate and window", () => {
  test.each(["host", "admin"] as const)("a %s sets a rate", async (role) => {
    const actor = await person({ role });
    expect(await setRate(deps(), actor, { ratePerMinuteCents: 99_999 })).toEqual({ ratePerMinuteCents: 99_999 });
    expect(await deps().profiles.find(actor.userId)).toMatchObject({ ratePerMinuteCents: 99_999 });
  });

  test("a host sets a window", async () => {
    const actor = await person({ role: "host" });
    expect(await setWindow(deps(), actor, { windowSizeMinutes: 60 })).toEqual({ windowSizeMinutes: 60 });
    expect(await deps().profiles.find(actor.userId)).toMatchObject({ windowSizeMinutes: 60 });
  });

  test("an account that has gone is told so", async () => {
    const actor = await person({ role: "host" });
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [actor.userId]);
    await expect(setRate(deps(), actor, { ratePerMinuteCents: 50 })).rejects.toMatchObject({ code: "unauthorized" });
    await expect(setWindow(deps(), actor, { windowSizeMinutes: 1 })).rejects.toMatchObject({ code: "unauthorized" });
    await expect(setAvailable(deps(), actor, undefined)).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("going online", () => {
  test("sets the state that is asked for, again and again", async () => {
    const actor = await person({ role: "host" });
    for (const isAvailable of [true, true, false, false]) {
      expect(await setAvailable(deps(), actor, { isAvailable })).toEqual({ isAvailable });
      expect(await deps().profiles.find(actor.userId)).toMatchObject({ isAvailable });
    }
  });

  test("flips when no state is asked for", async () => {
    const actor = await person({ role: "host" });
    expect(await setAvailable(deps(), actor, undefined)).toEqual({ isAvailable: true });
    expect(await setAvailable(deps(), actor, {})).toEqual({ isAvailable: false });
  });

  test("21 flips at once are 21 flips", async () => {
    const actor = await person({ role: "host" });
    const answers = await Promise.all(Array.from({ length: 21 }, () => setAvailable(deps(), actor, undefined)));
    expect(answers.filter((answer) => answer.isAvailable)).toHaveLength(11);
    expect(await deps().profiles.find(actor.userId)).toMatchObject({ isAvailable: true });
  });
});
