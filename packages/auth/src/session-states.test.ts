import { randomUUID } from "node:crypto";
import { openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createSessionStates, type SessionStates } from "./session-states";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: ReturnType<typeof openDatabase>;
let sessions: SessionStates;
let now: Date;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());
beforeEach(async () => {
  now = new Date();
  database = openDatabase({ url: fresh.url });
  await database.changes.start();
  sessions = createSessionStates({ pool: database.pool, changes: database.changes, now: () => now });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
});

async function signIn(at = now) {
  const user = await createUser(database.pool, { role: "verified_user" });
  const sessionId = randomUUID();
  await database.pool.query(
    "INSERT INTO sessions (id, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)",
    [sessionId, user.id, at, new Date(at.getTime() + 3_600_000)],
  );
  return { userId: user.id, sessionId };
}

const endSession = (id: string) => database.pool.query("UPDATE sessions SET ended_at = now() WHERE id = $1", [id]);
const lastSeen = async (id: string) => {
  const { rows } = await database.pool.query<{ last_seen_at: Date }>(
    "SELECT last_seen_at FROM sessions WHERE id = $1",
    [id],
  );
  return rows[0]?.last_seen_at.getTime();
};
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

describe("the actor of a session", () => {
  test("is its user, with the role that the database has", async () => {
    const { userId, sessionId } = await signIn();
    expect(await sessions.actorOf(sessionId)).toEqual({ userId, sessionId, role: "verified_user", scopes: ["*"] });
  });

  test("cannot be changed by those who are told", async () => {
    const { sessionId } = await signIn();
    const actor = await sessions.actorOf(sessionId);
    expect(() => Object.assign(actor ?? {}, { role: "admin" })).toThrow(TypeError);
    expect(await sessions.actorOf(sessionId)).toMatchObject({ role: "verified_user" });
  });

  test("is nobody once the session has expired by our clock", async () => {
    const { sessionId } = await signIn();
    later(3_599_999);
    expect(await sessions.actorOf(sessionId)).not.toBeNull();
    later(1);
    expect(await sessions.actorOf(sessionId)).toBeNull();
  });

  test("is nobody for a session that does not exist, until it does", async () => {
    const { userId } = await signIn();
    const sessionId = randomUUID();
    expect(await sessions.actorOf(sessionId)).toBeNull();
    await database.pool.query("INSERT INTO sessions (id, user_id, expires_at) VALUES ($1, $2, 'infinity')", [
      sessionId,
      userId,
    ]);
    expect(await sessions.actorOf(sessionId)).toMatchObject({ userId });
  });

  test.each([
    ["the session is ended", "UPDATE sessions SET ended_at = now() WHERE id = $1"],
    ["the session is cut short", "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = $1"],
    ["the session's row is deleted", "DELETE FROM sessions WHERE id = $1"],
    [
      "the user is deleted",
      "UPDATE users SET deleted_at = now() WHERE id = (SELECT user_id FROM sessions WHERE id = $1)",
    ],
    [
      "the user is banned",
      "UPDATE users SET banned_at = now() WHERE id = (SELECT user_id FROM sessions WHERE id = $1)",
    ],
    ["the user's row is deleted", "DELETE FROM users WHERE id = (SELECT user_id FROM sessions WHERE id = $1)"],
  ])("is nobody within a second after %s", async (_event, statement) => {
    const { sessionId } = await signIn();
    expect(await sessions.actorOf(sessionId)).not.toBeNull();
    await database.pool.query(statement, [sessionId]);
    await expect.poll(() => sessions.actorOf(sessionId), { timeout: 1_000, interval: 5 }).toBeNull();
  });
});

describe("what is remembered", () => {
  test("costs no query while the change feed is heard, for the living and the ended", async () => {
    const [alive, ended] = [await signIn(), await signIn()];
    await endSession(ended.sessionId);
    await sessions.actorOf(alive.sessionId);
    await sessions.actorOf(ended.sessionId);
    // Heard by now or heard later: asking until it is kept.
    const query = vi.spyOn(database.pool, "query");
    await expect
      .poll(async () => {
        query.mockClear();
        await sessions.actorOf(ended.sessionId);
        return query.mock.calls.length;
      })
      .toBe(0);
    query.mockClear();
    for (let i = 0; i < 20; i++) {
      expect(await sessions.actorOf(alive.sessionId)).not.toBeNull();
      expect(await sessions.actorOf(ended.sessionId)).toBeNull();
    }
    expect(query).not.toHaveBeenCalled();
  });

  test("is not what changed while it was being read", async () => {
    const { sessionId } = await signIn();
    const real = database.pool.query.bind(database.pool);
    const heard = new Promise<void>((resolve) => {
      database.changes.subscribe("session", (key) => key === sessionId && resolve());
    });
    vi.spyOn(database.pool, "query").mockImplementationOnce(async (...given: Parameters<typeof real>) => {
      const answer = await real(...given);
      await real("UPDATE sessions SET ended_at = now() WHERE id = $1", [sessionId]);
      await heard;
      return answer;
    });
    expect(await sessions.actorOf(sessionId), "as it was read").not.toBeNull();
    expect(await sessions.actorOf(sessionId), "as it is").toBeNull();
  });

  test("is not used while the change feed is down: every question is a query, and no answer is stale", async () => {
    const { sessionId } = await signIn();
    expect(await sessions.actorOf(sessionId)).not.toBeNull();
    await database.changes.close();
    const query = vi.spyOn(database.pool, "query");
    for (let i = 1; i <= 3; i++) {
      expect(await sessions.actorOf(sessionId)).not.toBeNull();
      expect(query).toHaveBeenCalledTimes(i);
    }
    await endSession(sessionId);
    expect(await sessions.actorOf(sessionId)).toBeNull();
  });
});

test("who asks for this moment is told what was done in the moment before, whatever is remembered", async () => {
  for (let round = 0; round < 20; round += 1) {
    const { userId, sessionId } = await signIn();
    expect(await sessions.actorOf(sessionId)).toMatchObject({ userId });
    expect(await sessions.actorNow(sessionId)).toMatchObject({ userId });
    await (round % 2 ? endSession(sessionId) : database.pool.query("DELETE FROM users WHERE id = $1", [userId]));
    expect(await sessions.actorNow(sessionId)).toBeNull();
  }
});

describe("when a session was last seen", () => {
  test("is written at most once a minute, and nobody waits for it", async () => {
    const { sessionId } = await signIn();
    const start = now.getTime();
    await sessions.actorOf(sessionId);
    const query = vi.spyOn(database.pool, "query");
    later(59_999);
    for (let i = 0; i < 5; i++) await sessions.actorOf(sessionId);
    expect(query).not.toHaveBeenCalled();
    later(1);
    for (let i = 0; i < 5; i++) await sessions.actorOf(sessionId);
    expect(query).toHaveBeenCalledTimes(1);
    await expect.poll(() => lastSeen(sessionId)).toBe(start + 60_000);
  });

  test("is not announced: the session stays remembered", async () => {
    const { sessionId } = await signIn(new Date(now.getTime() - 60_000));
    await sessions.actorOf(sessionId);
    await expect.poll(() => lastSeen(sessionId)).toBe(now.getTime());
    // What was sent before this is heard before this.
    const heard = new Promise<string>((resolve) => database.changes.subscribe("test", resolve));
    await database.pool.query("SELECT pg_notify('parley_changes', 'test:done')");
    expect(await heard).toBe("done");
    const query = vi.spyOn(database.pool, "query");
    expect(await sessions.actorOf(sessionId)).not.toBeNull();
    expect(query).not.toHaveBeenCalled();
  });

  test("is written by one of the processes that see the session in the same minute", async () => {
    const { pool, changes } = database;
    const processes = [1, 2, 3].map(() => createSessionStates({ pool, changes, now: () => now }));
    const { sessionId } = await signIn();
    const seeAll = () => Promise.all(processes.map(({ actorOf }) => actorOf(sessionId)));
    await seeAll();
    later(60_000);
    const query = vi.spyOn(pool, "query");
    await seeAll();
    const writes: { rowCount: number }[] = await Promise.all(query.mock.results.map(({ value }) => value));
    expect(writes.map(({ rowCount }) => rowCount).sort()).toEqual([0, 0, 1]);
    expect(await lastSeen(sessionId)).toBe(now.getTime());
  });

  test("never goes back, where a clock does", async () => {
    const { sessionId } = await signIn();
    const start = now.getTime();
    await sessions.actorOf(sessionId);
    later(-120_000);
    const query = vi.spyOn(database.pool, "query");
    expect(await sessions.actorOf(sessionId)).not.toBeNull();
    expect(query).not.toHaveBeenCalled();
    expect(await lastSeen(sessionId)).toBe(start);
  });

  test("does not matter enough to refuse somebody when it cannot be written", async () => {
    const { sessionId } = await signIn();
    await sessions.actorOf(sessionId);
    later(60_000);
    vi.spyOn(database.pool, "query").mockImplementation(() => Promise.reject(new Error("away")));
    expect(await sessions.actorOf(sessionId)).not.toBeNull();
  });

  test("is not written for a session that is over", async () => {
    const { sessionId } = await signIn();
    const start = now.getTime();
    await endSession(sessionId);
    later(120_000);
    expect(await sessions.actorOf(sessionId)).toBeNull();
    expect(await lastSeen(sessionId)).toBe(start);
  });
});
