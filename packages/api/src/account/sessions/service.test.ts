import { type Auth, createAuth, type SessionActor } from "@parley/auth";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { SignedIn } from "../schema";
import { register, signIn } from "../service";
import { createAccountStore } from "../store";
import { endOtherSessions, endSession, listSessions, refresh, signOut } from "./service";
import { createSessionStore } from "./store";

const dayMs = 24 * 60 * 60 * 1000;
const password = "correct horse battery";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let auth: Auth;
let now: Date;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  await database.changes.start();
  const { pool, changes } = database;
  auth = createAuth({
    pool,
    changes,
    secret: "a secret of this test alone, long enough",
    issuer: "https://api.example.test",
    audience: "parley",
  });
  await auth.start();
});
afterAll(async () => {
  auth.close();
  await database.close();
  await fresh.close();
});
beforeEach(() => {
  now = new Date();
});

const deps = () => ({
  auth,
  accounts: createAccountStore(database),
  sessions: createSessionStore(database),
  clock: () => now,
});

let people = 0;
async function newPerson(): Promise<SignedIn & { again(): Promise<SignedIn> }> {
  people += 1;
  const email = `person-${people}@example.test`;
  const first = await register(deps(), { address: "203.0.113.7", userAgent: "first" }, { email, password });
  const again = () => signIn(deps(), { address: "203.0.113.8", userAgent: "again" }, { email, password });
  return { ...first, again };
}

async function actorOf({ accessToken }: { accessToken: string }): Promise<SessionActor> {
  const authentication = await auth.authenticate(`Bearer ${accessToken}`);
  if (authentication.kind !== "authenticated") throw new Error("the access token is refused");
  const { sessionId, ...actor } = authentication.actor;
  if (sessionId === null) throw new Error("there is no session");
  return { ...actor, sessionId };
}

const kindOf = async ({ accessToken }: { accessToken: string }) =>
  (await auth.authenticate(`Bearer ${accessToken}`)).kind;
const isOver = (tokens: { accessToken: string }) =>
  vi.waitFor(async () => expect(await kindOf(tokens)).toBe("invalid"), { timeout: 5_000 });
const isRefused = (attempt: Promise<unknown>) => expect(attempt).rejects.toMatchObject({ code: "unauthorized" });

async function liveSessions(userId: string): Promise<number> {
  const query = "SELECT 1 FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2";
  return (await database.pool.query(query, [userId, now])).rowCount ?? 0;
}

describe("refreshing", () => {
  test("gives new tokens of the same session, which lives 30 days from now", async () => {
    const person = await newPerson();
    const before = await actorOf(person);
    now = new Date(now.getTime() + 10 * dayMs);
    const pair = await refresh(deps(), person);
    expect(pair).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^rt_[\w-]{43}$/),
      expiresIn: 900,
    });
    expect(pair.refreshToken).not.toBe(person.refreshToken);
    expect((await actorOf(pair)).sessionId).toBe(before.sessionId);
    const { rows } = await database.pool.query("SELECT expires_at, last_seen_at FROM sessions WHERE id = $1", [
      before.sessionId,
    ]);
    expect(rows).toEqual([{ expires_at: new Date(now.getTime() + 30 * dayMs), last_seen_at: now }]);
    now = new Date(now.getTime() + 29 * dayMs);
    await expect(refresh(deps(), pair)).resolves.toHaveProperty("accessToken");
  });

  test("the return of a used token ends every session of its owner, and of nobody else", async () => {
    const person = await newPerson();
    const elsewhere = await person.again();
    const stranger = await newPerson();
    const pair = await refresh(deps(), person);
    await isRefused(refresh(deps(), person));
    expect(await liveSessions(person.user.id)).toBe(0);
    await Promise.all([isOver(pair), isOver(elsewhere)]);
    await isRefused(refresh(deps(), pair));
    await isRefused(refresh(deps(), elsewhere));
    expect(await kindOf(stranger)).toBe("authenticated");
    await expect(refresh(deps(), stranger)).resolves.toHaveProperty("accessToken");
  });

  test("a used token of a session that is over does not end the sessions opened since", async () => {
    const person = await newPerson();
    await refresh(deps(), person);
    await isRefused(refresh(deps(), person));
    const later = await person.again();
    await isRefused(refresh(deps(), person));
    await expect(refresh(deps(), later)).resolves.toHaveProperty("accessToken");
  });

  test("of 20 at once with one token, at most one succeeds", async () => {
    const person = await newPerson();
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => refresh(deps(), person)));
    const winners = settled.filter((result) => result.status === "fulfilled");
    const reasons = settled.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(winners).toHaveLength(1);
    expect(reasons).toEqual(Array(19).fill("unauthorized"));
    // The nineteen were reuses.
    expect(await liveSessions(person.user.id)).toBe(0);
  });

  test("is refused for unknown, expired and ended ones, and for accounts that have gone", async () => {
    const expired = await newPerson();
    const ended = await newPerson();
    const gone = await newPerson();
    await signOut(deps(), ended);
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.user.id]);
    await isRefused(refresh(deps(), { refreshToken: "rt_unknown" }));
    await isRefused(refresh(deps(), { refreshToken: "nul\0 and \ud83d" }));
    await isRefused(refresh(deps(), ended));
    await isRefused(refresh(deps(), gone));
    now = new Date(now.getTime() + 30 * dayMs + 1);
    await isRefused(refresh(deps(), expired));
  });

  test("never outlives a revocation that happens at the same time", async () => {
    const person = await newPerson();
    const actor = await actorOf(person);
    for (let round = 0; round < 15; round++) {
      const other = await person.again();
      const [refreshed] = await Promise.allSettled([refresh(deps(), other), endOtherSessions(deps(), actor)]);
      expect(await liveSessions(person.user.id)).toBe(1);
      if (refreshed.status === "fulfilled") await isRefused(refresh(deps(), refreshed.value));
    }
    expect(await kindOf(person)).toBe("authenticated");
  });
});

describe("signing out", () => {
  test("ends the session at once, and only that one", async () => {
    const person = await newPerson();
    const elsewhere = await person.again();
    await signOut(deps(), person);
    await isOver(person);
    expect(await kindOf(elsewhere)).toBe("authenticated");
  });

  test("works with any token that the session ever had", async () => {
    const person = await newPerson();
    const pair = await refresh(deps(), person);
    await signOut(deps(), person);
    await isOver(pair);
  });

  test("always succeeds: twice, with any text, and when the account has gone", async () => {
    const person = await newPerson();
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [person.user.id]);
    for (const refreshToken of [person.refreshToken, person.refreshToken, "", "rt_unknown", "nul\0 and \ud83d"]) {
      await expect(signOut(deps(), { refreshToken })).resolves.toBeUndefined();
    }
    expect(await liveSessions(person.user.id)).toBe(0);
  });
});

describe("one's sessions", () => {
  test("are listed page by page, the last active first, the ended ones left out", async () => {
    const person = await newPerson();
    now = new Date(now.getTime() + 1000);
    const second = await person.again();
    now = new Date(now.getTime() + 1000);
    await signOut(deps(), await person.again());
    await newPerson();
    const actor = await actorOf(person);
    expect(await listSessions(deps(), actor, { page: 1, perPage: 1 })).toEqual({
      items: [
        {
          id: (await actorOf(second)).sessionId,
          userAgent: "again",
          ip: "203.0.113.8",
          createdAt: new Date(now.getTime() - 1000).toISOString(),
          lastSeenAt: new Date(now.getTime() - 1000).toISOString(),
          isCurrent: false,
        },
      ],
      page: 1,
      perPage: 1,
      total: 2,
    });
    const { items } = await listSessions(deps(), actor, { page: 2, perPage: 1 });
    expect(items).toMatchObject([{ id: actor.sessionId, userAgent: "first", isCurrent: true }]);
  });

  test("end one by one; another's, an ended one and none at all are not found", async () => {
    const person = await newPerson();
    const second = await person.again();
    const stranger = await newPerson();
    const actor = await actorOf(person);
    const id = (await actorOf(second)).sessionId;
    await endSession(deps(), actor, { id });
    await isOver(second);
    const absent = [id, (await actorOf(stranger)).sessionId, "01932d2c-7f3b-7aaa-8bbb-000000000001"];
    for (const other of absent) {
      await expect(endSession(deps(), actor, { id: other })).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await kindOf(stranger)).toBe("authenticated");
  });

  test("end all at once but the one that asks", async () => {
    const person = await newPerson();
    const others = [await person.again(), await person.again()];
    const stranger = await newPerson();
    await endOtherSessions(deps(), await actorOf(person));
    await Promise.all(others.map(isOver));
    expect(await kindOf(person)).toBe("authenticated");
    expect(await kindOf(stranger)).toBe("authenticated");
  });
});

test("what expired is deleted, what may still be told of or betray a theft is kept", async () => {
  const ended = await newPerson();
  const lapsed = await newPerson();
  const used = await newPerson();
  await signOut(deps(), ended);
  now = new Date(now.getTime() + 29 * dayMs);
  await refresh(deps(), used);
  const sessions = createSessionStore(database);
  const kept = async () => {
    await sessions.deleteExpired(now);
    const { rows } = await database.pool.query<{ user_id: string; tokens: number }>(
      `SELECT s.user_id, count(t.id)::int AS tokens FROM sessions s LEFT JOIN refresh_tokens t ON t.session_id = s.id
       WHERE s.user_id = ANY($1) GROUP BY s.user_id`,
      [[ended.user.id, lapsed.user.id, used.user.id]],
    );
    const tokens = new Map(rows.map((row) => [row.user_id, row.tokens]));
    return [ended, lapsed, used].map(({ user }) => tokens.get(user.id));
  };
  expect(await kept()).toEqual([1, 1, 2]);
  now = new Date(now.getTime() + 1.5 * dayMs);
  expect(await kept()).toEqual([undefined, 0, 1]);
  now = new Date(now.getTime() + 30 * dayMs);
  expect(await kept()).toEqual([undefined, undefined, 0]);
});
