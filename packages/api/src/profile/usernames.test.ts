import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { useProfiles } from "../../test/profiles";
import { updateProfileInput } from "./schema";
import { getUsernameAvailability, updateProfile } from "./service";

const profiles = useProfiles();
const { daysAgo, deps, host, lookUp, person } = profiles;

async function isSomeoneWaiting(): Promise<boolean> {
  const { rows } = await profiles.database.pool.query<{ is_waiting: boolean }>(
    "SELECT count(*) > 0 AS is_waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  );
  return rows[0]?.is_waiting === true;
}
const takenName = { code: "conflict", details: { username: "is taken" } };

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
    const other = await profiles.database.pool.connect();
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
