import { randomUUID } from "node:crypto";
import { openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type ApiTokenStates, apiTokenPrefix, createApiTokenStates } from "./api-token-states";
import { opaqueTokens } from "./opaque-tokens";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: ReturnType<typeof openDatabase>;
let tokens: ApiTokenStates;
let now: Date;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());
beforeEach(async () => {
  now = new Date();
  database = openDatabase({ url: fresh.url });
  await database.changes.start();
  tokens = createApiTokenStates({ pool: database.pool, changes: database.changes, now: () => now });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
});

async function newToken({ scopes = ["profile:read"], expiresAt }: { scopes?: string[]; expiresAt?: Date } = {}) {
  const user = await createUser(database.pool, { role: "verified_user" });
  const { token, hash } = opaqueTokens.create(apiTokenPrefix);
  const id = randomUUID();
  await database.pool.query(
    "INSERT INTO api_tokens (id, user_id, name, token_hash, hint, scopes, expires_at) VALUES ($1, $2, 'Test', $3, 'abcd', $4, $5)",
    [id, user.id, Buffer.from(hash), scopes, expiresAt ?? null],
  );
  return { id, token, userId: user.id };
}

const lastUsed = async (id: string) => {
  const { rows } = await database.pool.query<{ last_used_at: Date | null }>(
    "SELECT last_used_at FROM api_tokens WHERE id = $1",
    [id],
  );
  return rows[0]?.last_used_at?.getTime() ?? null;
};
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

describe("the actor of an API token", () => {
  test("is its user without a session, with the role that the database has and the token's scopes", async () => {
    const { token, userId } = await newToken({ scopes: ["profile:read", "devices:write"] });
    const actor = await tokens.actorOf(token);
    expect(actor).toEqual({
      ...{ userId, role: "verified_user", sessionId: null },
      scopes: ["profile:read", "devices:write"],
    });
    expect(() => Object.assign(actor?.scopes ?? [], { 0: "*" })).toThrow(TypeError);
  });

  test("is nobody for what is no token of ours, without asking the database", async () => {
    const { token } = await newToken();
    const query = vi.spyOn(database.pool, "query");
    for (const other of ["", "il_tok_", "il_tok_short", `${token}x`, token.slice(0, -1), ` ${token}`, token.slice(7)]) {
      expect(await tokens.actorOf(other), other).toBeNull();
    }
    expect(query).not.toHaveBeenCalled();
    expect(await tokens.actorOf(opaqueTokens.create(apiTokenPrefix).token)).toBeNull();
  });

  test("is nobody from the moment that it expires, though it was known before", async () => {
    const { token } = await newToken({ expiresAt: new Date(now.getTime() + 1_000) });
    later(999);
    expect(await tokens.actorOf(token)).not.toBeNull();
    later(1);
    expect(await tokens.actorOf(token)).toBeNull();
  });

  test("is found at once when it has just been made, though it was asked for before", async () => {
    const { token, hash } = opaqueTokens.create(apiTokenPrefix);
    expect(await tokens.actorOf(token)).toBeNull();
    const user = await createUser(database.pool);
    await database.pool.query(
      "INSERT INTO api_tokens (id, user_id, name, token_hash, hint, scopes) VALUES ($1, $2, 'Test', $3, 'abcd', '{}')",
      [randomUUID(), user.id, Buffer.from(hash)],
    );
    expect(await tokens.actorOf(token)).toMatchObject({ userId: user.id });
  });

  test.each([
    ["it is ended", "DELETE FROM api_tokens WHERE id = $1"],
    [
      "the user is deleted",
      "UPDATE users SET deleted_at = now() WHERE id = (SELECT user_id FROM api_tokens WHERE id = $1)",
    ],
    [
      "the user is banned",
      "UPDATE users SET banned_at = now() WHERE id = (SELECT user_id FROM api_tokens WHERE id = $1)",
    ],
    ["the user's row is deleted", "DELETE FROM users WHERE id = (SELECT user_id FROM api_tokens WHERE id = $1)"],
  ])("is nobody in any process as soon as it is heard that %s", async (_event, statement) => {
    const { id, token } = await newToken();
    const other = createApiTokenStates({ pool: database.pool, changes: database.changes, now: () => now });
    for (const { actorOf } of [tokens, other]) expect(await actorOf(token)).not.toBeNull();
    await database.pool.query(statement, [id]);
    for (const { actorOf } of [tokens, other]) await expect.poll(() => actorOf(token), { interval: 5 }).toBeNull();
  });

  test("has the user's new role as soon as it is heard", async () => {
    const { token, userId } = await newToken();
    await tokens.actorOf(token);
    await database.pool.query("UPDATE users SET role = 'user' WHERE id = $1", [userId]);
    await expect.poll(async () => (await tokens.actorOf(token))?.role, { interval: 5 }).toBe("user");
  });
});

describe("what is remembered", () => {
  test("costs no query while the change feed is heard", async () => {
    const { token } = await newToken();
    const query = vi.spyOn(database.pool, "query");
    await expect
      .poll(async () => {
        query.mockClear();
        await tokens.actorOf(token);
        return query.mock.calls.length;
      })
      .toBe(0);
  });

  test("is not used while the change feed is down", async () => {
    const { id, token } = await newToken();
    expect(await tokens.actorOf(token)).not.toBeNull();
    await database.changes.close();
    await database.pool.query("DELETE FROM api_tokens WHERE id = $1", [id]);
    expect(await tokens.actorOf(token)).toBeNull();
  });
});

describe("when a token was last used", () => {
  test("is written at its first use, then at most once a minute", async () => {
    const { id, token } = await newToken();
    const start = now.getTime();
    await tokens.actorOf(token);
    await expect.poll(() => lastUsed(id)).toBe(start);
    await tokens.actorOf(token);
    const query = vi.spyOn(database.pool, "query");
    later(59_999);
    for (let i = 0; i < 5; i++) await tokens.actorOf(token);
    expect(query).not.toHaveBeenCalled();
    later(1);
    for (let i = 0; i < 5; i++) await tokens.actorOf(token);
    expect(query).toHaveBeenCalledTimes(1);
    await expect.poll(() => lastUsed(id)).toBe(start + 60_000);
  });

  test("is not written for a token that is over", async () => {
    const { id, token } = await newToken({ expiresAt: now });
    expect(await tokens.actorOf(token)).toBeNull();
    expect(await lastUsed(id)).toBeNull();
  });
});
