import { appRouter } from "@parley/api";
import { apiScopes, scopeOf } from "@parley/api/rules/account/api-tokens";
import { openApiDocument } from "@parley/surface-kit/openapi";
import { openApiValidator } from "@parley/testing/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiTokenOf } from "../testing/api-token";
import { startTestApp, type TestApp } from "../testing/app";
import { type CallOptions, call } from "../testing/calls";
import { everyRoutesStatuses, needsToken, type Operation, operationsOf } from "../testing/operations";
import { roleFor } from "../testing/requests";
import { discoverSurfaces } from "./discover";

/** Who is heard by which credentials, on every route of every surface. Each answer is held against the document. */

const uuid = "01900000-0000-7000-8000-000000000000";
const surfaces = await discoverSurfaces();
let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

describe.each(surfaces.map((surface) => ({ name: surface.name, surface })))("$name", ({ surface }) => {
  const validator = openApiValidator(openApiDocument(surface, appRouter));
  const guarded = operationsOf(surface).filter(needsToken);
  const named = guarded.map((operation) => ({ key: operation.key, operation }));
  const byToken = named.filter(({ operation: { plan } }) => plan.ways.takesBearer);
  const byCookie = named.filter(({ operation: { plan } }) => plan.ways.cookie !== null);

  /** A request that goes no further than who calls: it has no body. */
  async function meet(operation: Operation, options: CallOptions) {
    const answer = await call(test.app, operation.key.replace(/\{\w+\}/g, uuid), options);
    validator.expectMatches(answer);
    // Any origin may read, and so none may read as whoever is signed in there.
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
    return answer;
  }
  /** Somebody new each time, since what is carried out may be the end of them. */
  const somebodyFor = (operation: Operation) => test.person({ role: roleFor(operation) ?? "user" });
  const tokenFor = async (operation: Operation, scopes: readonly string[]) =>
    (await apiTokenOf(test.deps, (await somebodyFor(operation)).id, { scopes })).token;

  it.each(byToken)("refuses an API token that is good for all else: $key", async ({ operation }) => {
    const { name, type, meta } = operation.plan.facts;
    const scope = scopeOf(name, type);
    for (const scopes of [[], apiScopes.filter((other) => other !== scope)]) {
      const token = await tokenFor(operation, scopes);
      const { status, headers, body } = await meet(operation, { token });
      expect(status, body).toBe(403);
      if (meta.credentials === "session") expect(body).toContain("an API token will not do");
      else {
        expect(body).toContain(`This API token lacks the scope ${scope}`);
        expect(headers["www-authenticate"]).toBe(`Bearer error="insufficient_scope", scope="${scope}"`);
      }
    }
  });

  it.each(byToken)("takes the scope for the deed, and nothing for a session: $key", async ({ operation }) => {
    const { name, type, meta } = operation.plan.facts;
    const { status, body } = await meet(operation, { token: await tokenFor(operation, [scopeOf(name, type)]) });
    if (meta.credentials === "session") expect([status, body]).toEqual([403, expect.stringContaining("signed in")]);
    else expect(status, body).not.toBe(401);
    expect(body).not.toContain("lacks the scope");
  });

  it.each(named)("takes the ways that it names, and no other: $key", async ({ operation }) => {
    const { token, cookie } = await somebodyFor(operation);
    const { takesBearer, cookie: cookieName } = operation.plan.ways;
    const statuses = {
      token: (await meet(operation, { token })).status,
      cookie: (await meet(operation, { cookie })).status,
    };
    expect(statuses.token === 401).toBe(!takesBearer);
    expect(statuses.cookie === 401).toBe(cookieName === null);
  });

  describe("an API token that is worth nothing any more", () => {
    const reads = byToken.filter(
      ({ operation: { method, path, plan } }) =>
        method === "GET" && !path.includes("{") && plan.facts.meta.credentials === undefined,
    );
    const read = reads[0]?.operation;
    if (read === undefined) throw new Error("an API token can read nothing here");

    it.each([
      ["ended", "DELETE FROM api_tokens WHERE user_id = $1"],
      ["somebody's who was banned", "UPDATE users SET banned_at = now() WHERE id = $1"],
      ["somebody's who was deleted", "UPDATE users SET deleted_at = now() WHERE id = $1"],
      ["somebody's of whom nothing is left", "DELETE FROM users WHERE id = $1"],
    ])("is refused: %s", async (_, end) => {
      const { id } = await somebodyFor(read);
      const { token } = await apiTokenOf(test.deps, id, { scopes: apiScopes });
      expect((await meet(read, { token })).status).toBe(200);
      await test.deps.database.pool.query(end, [id]);
      // What the domain no longer finds is a 401 too, before the change is heard of.
      const challenge = async () => (await meet(read, { token })).headers["www-authenticate"];
      await expect.poll(challenge).toBe('Bearer error="invalid_token"');
      await expect.poll(async () => (await meet(read, { token })).body).toContain("A valid access token is needed");
    });

    it("is refused: expired", async () => {
      const { id } = await somebodyFor(read);
      const expiresAt = new Date(Date.now() - 1);
      const { token } = await apiTokenOf(test.deps, id, { scopes: apiScopes, expiresAt });
      expect((await meet(read, { token })).status).toBe(401);
    });
  });

  it.each(byCookie)("takes a cookie that is over for none, and not for a bad token: $key", async ({ operation }) => {
    const { status, headers } = await meet(operation, { cookie: "next-auth.session-token=over" });
    expect([status, headers["www-authenticate"]]).toEqual([401, expect.not.stringContaining("invalid_token")]);
  });

  it.each(byCookie)("hears no page of another site: $key", async ({ operation }) => {
    const { cookie } = await somebodyFor(operation);
    const isSafe = operation.method === "GET";
    const sentBy: Record<string, string>[] = [
      { origin: "https://elsewhere.example" },
      { origin: "null" },
      { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
    ];
    for (const headers of sentBy) {
      const { status, body } = await meet(operation, { cookie, headers });
      expect([headers, status, body]).toEqual([headers, isSafe ? 401 : 403, expect.any(String)]);
    }
  });

  if (byToken.length > 0) {
    it("has met every 403 that the contracts leave to it", () => {
      const unseen = new Set(validator.unseen());
      expect(everyRoutesStatuses(surface, ["credentials.test.ts"]).filter((key) => unseen.has(key))).toEqual([]);
    });
  }
});
