import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { profileJobs } from "../jobs";
import { removeAvatar, replaceAvatar } from "./service";
import { createAvatarStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let objects: ReturnType<typeof createRecordingObjects>;
let warnings: string[];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
beforeEach(() => {
  objects = createRecordingObjects();
  warnings = [];
});

class NotAPicture extends Error {}

/** What pictures look like is another package's business: here a picture is text, and its hash is the text in hex. */
async function normaliseAvatar(bytes: Uint8Array) {
  const text = Buffer.from(bytes).toString();
  if (text.startsWith("not")) throw new NotAPicture("must be a JPEG, PNG, WebP or GIF image");
  if (text.startsWith("crash")) throw new Error("out of memory");
  return { bytes, contentType: "image/jpeg" as const, size: 512 as const, hash: hashOf(text) };
}
const hashOf = (text: string) => Buffer.from(text).toString("hex").padEnd(64, "0");
const deps = (over: { database?: Database } = {}) => ({
  avatars: createAvatarStore(over.database ?? database),
  objects,
  log: { warn: (_: object, message: string) => void warnings.push(message) },
  normaliseAvatar,
  avatarProblem: (error: unknown) => (error instanceof NotAPicture ? error.message : null),
});
type Person = Awaited<ReturnType<typeof person>>;
const person = async (facts: UserFacts = {}) => actorFor(await createUser(database.pool, facts));
const keyOf = (actor: Person, text: string) => `avatars/${actor.userId}/${hashOf(text).slice(0, 32)}.jpg`;
const upload = (actor: Person, text: string, over = {}) =>
  replaceAvatar(deps(over), actor, { avatar: new File([text], "me.png", { type: "image/png" }) });
async function shownKey(actor: Person): Promise<string | null | undefined> {
  const { rows } = await database.pool.query<{ avatar_key: string | null }>(
    "SELECT avatar_key FROM users WHERE id = $1",
    [actor.userId],
  );
  return rows[0]?.avatar_key;
}
const runJobs = () => runDueJobs(database.pool, profileJobs(deps()));

describe("replacing", () => {
  test("puts the object, then shows it, then deletes the old one", async () => {
    const actor = await person();
    const put = objects.put;
    const shownAtPut: unknown[] = [];
    objects.put = async (...object) => {
      shownAtPut.push(await shownKey(actor));
      await put(...object);
    };

    const { avatarUrl } = await upload(actor, "first");
    expect(avatarUrl).toBe(`https://cdn.example.test/${keyOf(actor, "first")}`);
    await upload(actor, "second");

    expect(shownAtPut).toEqual([null, keyOf(actor, "first")]);
    expect(await shownKey(actor)).toBe(keyOf(actor, "second"));
    // Both are there until the job has run: whoever just read the profile still finds the old picture.
    expect([...objects.stored.keys()]).toEqual([keyOf(actor, "first"), keyOf(actor, "second")]);
    await runJobs();
    expect([...objects.stored.keys()]).toEqual([keyOf(actor, "second")]);
    expect(objects.calls.at(-1)).toBe(`delete ${keyOf(actor, "first")}`);
  });

  test("stores what may be cached for ever, since another picture has another address", async () => {
    const actor = await person();
    await upload(actor, "first");
    expect(objects.stored.get(keyOf(actor, "first"))).toMatchObject({
      contentType: "image/jpeg",
      cacheControl: "public, max-age=31536000, immutable",
    });
  });

  test("by the same picture keeps it, however often", async () => {
    const actor = await person();
    const answers = [await upload(actor, "same"), await upload(actor, "same"), await upload(actor, "same")];
    expect(new Set(answers.map((answer) => answer.avatarUrl)).size).toBe(1);
    await runJobs();
    expect([...objects.stored.keys()]).toEqual([keyOf(actor, "same")]);
  });

  test("by what is no picture is refused under the field's name, and stores nothing", async () => {
    const actor = await person();
    await expect(upload(actor, "not a picture")).rejects.toMatchObject({
      code: "validation_error",
      details: { avatar: "must be a JPEG, PNG, WebP or GIF image" },
    });
    await expect(upload(actor, "crash")).rejects.toThrow("out of memory");
    expect(objects.calls).toEqual([]);
  });

  test("removing shows none, and the object goes", async () => {
    const actor = await person();
    await upload(actor, "first");
    await removeAvatar(deps(), actor);
    expect(await shownKey(actor)).toBeNull();
    await runJobs();
    expect(objects.stored.size).toBe(0);
    await removeAvatar(deps(), actor);
  });
});

describe("on a failure the old picture stays, and the new one goes", () => {
  test.each(["put", "exists"] as const)("of %s", async (step) => {
    const actor = await person();
    await upload(actor, "old");
    objects.failing.add(step);
    await expect(upload(actor, "new")).rejects.toThrow(`fails to ${step}`);
    objects.failing.clear();
    expect(await shownKey(actor)).toBe(keyOf(actor, "old"));
    await runJobs();
    expect([...objects.stored.keys()]).toEqual([keyOf(actor, "old")]);
  });

  test("of the second put, where a clean-up took the first away", async () => {
    const actor = await person();
    await upload(actor, "old");
    const put = objects.put;
    objects.put = async (...object) => {
      await put(...object);
      objects.stored.delete(object[0]);
      objects.failing.add("put");
    };
    await expect(upload(actor, "new")).rejects.toThrow("fails to put");
    expect(await shownKey(actor)).toBe(keyOf(actor, "old"));
  });

  test("of the database", async () => {
    const actor = await person();
    await upload(actor, "old");
    const doomed = openDatabase({ url: fresh.url });
    const put = objects.put;
    objects.put = async (...object) => {
      await put(...object);
      await doomed.close();
    };
    await expect(upload(actor, "new", { database: doomed })).rejects.toThrow();
    expect(await shownKey(actor)).toBe(keyOf(actor, "old"));
    expect(objects.stored.has(keyOf(actor, "old"))).toBe(true);
    // The row could not be asked, so the new object had to stay.
    expect(warnings).toEqual(["an avatar that was never shown could not be removed"]);
  });

  test("of the database, where the picture is the one that is shown", async () => {
    const actor = await person();
    await upload(actor, "old");
    objects.failing.add("exists");
    await expect(upload(actor, "old")).rejects.toThrow("fails to exists");
    expect(objects.stored.has(keyOf(actor, "old"))).toBe(true);
  });

  test("of the account, which has gone", async () => {
    const actor = await person();
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [actor.userId]);
    await expect(upload(actor, "new")).rejects.toMatchObject({ code: "unauthorized" });
    await expect(removeAvatar(deps(), actor)).rejects.toMatchObject({ code: "unauthorized" });
    expect(objects.stored.size).toBe(0);
  });

  test("of the clean-up, which leaves a needless object and is tried again", async () => {
    const actor = await person();
    await upload(actor, "old");
    await upload(actor, "new");
    objects.failing.add("delete");
    const jobs = profileJobs(deps());
    const job = { userId: actor.userId, key: keyOf(actor, "old") };
    await expect(jobs["profile.deleteReplacedAvatar"](job)).rejects.toThrow("fails to delete");
    expect(await shownKey(actor)).toBe(keyOf(actor, "new"));
    objects.failing.clear();
    await runJobs();
    expect([...objects.stored.keys()]).toEqual([keyOf(actor, "new")]);
  });
});

describe("races", () => {
  test("A, B, A again: the clean-up of the first A leaves the second alone", async () => {
    const actor = await person();
    await upload(actor, "A");
    await upload(actor, "B");
    await upload(actor, "A");
    await runJobs();
    expect(await shownKey(actor)).toBe(keyOf(actor, "A"));
    expect([...objects.stored.keys()]).toEqual([keyOf(actor, "A")]);
  });

  test("A, B, A again: a clean-up between the put and the commit of the second A does no harm", async () => {
    const actor = await person();
    await upload(actor, "A");
    await upload(actor, "B");
    const put = objects.put;
    let puts = 0;
    objects.put = async (...object) => {
      await put(...object);
      puts += 1;
      if (puts === 1) await runJobs();
    };
    await upload(actor, "A");
    expect(puts).toBe(2);
    await runJobs();
    expect(await shownKey(actor)).toBe(keyOf(actor, "A"));
    expect([...objects.stored.keys()]).toEqual([keyOf(actor, "A")]);
  });

  test("after any muddle of uploads, removals and clean-ups at once, exactly the picture shown is there", async () => {
    const actor = await person();
    const names = ["A", "B", "C", "A", "B", "C", "A", "B"];
    await Promise.all([
      ...names.map((name) => upload(actor, name)),
      ...names.map((name) =>
        profileJobs(deps())["profile.deleteReplacedAvatar"]({ userId: actor.userId, key: keyOf(actor, name) }),
      ),
    ]);
    await runJobs();
    expect([...objects.stored.keys()]).toEqual([await shownKey(actor)]);
  });

  test("two people with the same picture do not share an object", async () => {
    const [one, two] = [await person(), await person()];
    await upload(one, "same");
    await upload(two, "same");
    await removeAvatar(deps(), one);
    await runJobs();
    expect([...objects.stored.keys()]).toEqual([keyOf(two, "same")]);
  });
});
