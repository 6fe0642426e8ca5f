import { appRouter } from "@parley/api";
import { type LimitName, limitPolicies } from "@parley/api/rules/limits";
import type { Surface } from "@parley/surface-kit";
import { openApiDocument } from "@parley/surface-kit/openapi";
import { freshDatabase } from "@parley/testing";
import { openApiValidator } from "@parley/testing/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../testing/app";
import { type CallOptions, call } from "../testing/calls";
import { anotherOf, requestOn } from "../testing/further-requests";
import { everyRoutesStatuses, needsToken, type Operation, operationsOf } from "../testing/operations";
import { openProxy } from "../testing/proxy";
import { credentialsFor, type Stage, setStage } from "../testing/stage";
import { discoverSurfaces } from "./discover";

/**
 * What every route refuses alike, on every route of every surface but /v1, whose own tests ask for more. Each answer is
 * held against its surface's document, so that the spelling is the surface's own.
 */

const surfaces = (await discoverSurfaces()).filter(({ name }) => name !== "v1");

describe.each(surfaces.map((surface) => ({ name: surface.name, surface })))("$name", ({ surface }) => {
  const validator = openApiValidator(openApiDocument(surface, appRouter));
  const operations = operationsOf(surface);
  const named = operations.map((operation) => ({ key: operation.key, operation }));

  async function meet(stage: Stage, operation: Operation, status: number, options: CallOptions = {}) {
    const { route, ...request } = requestOn(surface, operation);
    const answer = await call(stage.test.app, route, { ...credentialsFor(stage, operation), ...request, ...options });
    expect(answer.status, `${operation.key}: ${answer.body}`).toBe(status);
    validator.expectMatches(answer);
    expect(answer.headers["x-request-id"]).toBeTruthy();
    return answer;
  }

  describe("in order", () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage(await startTestApp());
    });
    afterAll(() => stage.test.close());

    const guarded = named.filter(({ operation }) => needsToken(operation));
    const taking = (kinds: readonly string[]) =>
      named.filter(({ operation: { plan } }) => kinds.includes(typeof plan.body === "object" ? "form" : plan.body));
    const posts = named.filter(({ operation }) => operation.method === "POST");

    it.each(guarded)("asks who calls: $key", async ({ operation }) => {
      const [none, garbage] = operation.plan.ways.takesBearer
        ? ["Bearer", 'Bearer error="invalid_token"']
        : new Array(2).fill('Cookie cookie-name="next-auth.session-token"');
      const nobody = { token: undefined, cookie: undefined };
      expect((await meet(stage, operation, 401, nobody)).headers["www-authenticate"]).toBe(none);
      const { headers } = await meet(stage, operation, 401, { ...nobody, token: "garbage" });
      expect(headers["www-authenticate"]).toBe(garbage);
      const inAddress = { ...operation, key: `${operation.key}?access_token=abc` };
      await meet(stage, inAddress, 400, { ...nobody, token: "garbage" });
    });

    it.each(taking(["json", "optional"]))(
      "reads JSON alone, and only where it is whole: $key",
      async ({ operation }) => {
        const json = { "content-type": "application/json" };
        await meet(stage, operation, 400, { json: undefined, raw: '{"a":', headers: json });
        await meet(stage, operation, 415, { json: undefined, raw: "<a/>", headers: { "content-type": "text/xml" } });
      },
    );

    it.each(taking(["form"]))("reads a form alone: $key", async ({ operation }) => {
      await meet(stage, operation, 415, { form: undefined, json: {} });
    });

    it.each(posts)("runs a request once, by its key: $key", async ({ operation }) => {
      const first = { "idempotency-key": `key of ${operation.key}`.replace(/[^\w-]/g, "-") };
      const { route, ...request } = requestOn(surface, operation);
      const credentials = credentialsFor(stage, operation);
      const again = () => call(stage.test.app, route, { ...credentials, ...request, headers: first });
      const [before, after] = [await again(), await again()];
      expect([after.status, after.body]).toEqual([before.status, before.body]);
      expect(after.headers["idempotency-replayed"]).toBe("true");
      await meet(stage, operation, 400, { headers: { "idempotency-key": "a b" } });
      const another = anotherOf(request);
      if (another !== null) await meet(stage, operation, 422, { ...another, headers: first });
      await stage.test.deps.database.pool.query("UPDATE idempotency_records SET status = NULL");
      expect((await again()).status).toBe(409);
      validator.expectMatches(await again());
    });
  });

  it("answers 429 on every route, to whoever called too often", async () => {
    const stage = await setStage(await startTestApp({ areLimitsOn: true }));
    try {
      await exhaust(stage.test, Object.values(stage.people));
      for (const operation of operations) await meet(stage, operation, 429);
    } finally {
      await stage.test.close();
    }
  });

  it("answers 503 on every route while the database is away", async () => {
    const database = await freshDatabase();
    const proxy = await openProxy(database.url);
    const stage = await setStage(await startTestApp({ databaseUrl: proxy.url }));
    try {
      proxy.cut();
      for (const operation of operations) await meet(stage, operation, 503);
    } finally {
      await stage.test.close();
      await proxy.close();
      await database.close();
    }
  });

  it("answers 500 on every route for a fault, and tells nothing", async () => {
    const stage = await setStage(await startTestApp());
    const { pool } = stage.test.deps.database;
    try {
      await pool.query("ALTER SCHEMA public RENAME TO elsewhere");
      await pool.query("ALTER SCHEMA graphile_worker RENAME TO idle");
      for (const operation of operations) {
        const { body } = await meet(stage, operation, 500);
        expect(body).toContain("Something went wrong on our side");
      }
    } finally {
      await pool.query("ALTER SCHEMA elsewhere RENAME TO public");
      await stage.test.close();
    }
  });

  it("answers what it does not know in its own spelling", async () => {
    const test = await startTestApp();
    try {
      for (const [status, route] of unroutable(surface)) {
        const { status: answered, body } = await call(test.app, route);
        expect([route, answered, body.includes("statusCode")]).toEqual([route, status, false]);
      }
    } finally {
      await test.close();
    }
  });

  it("has met every status that the contracts leave to it", () => {
    const unseen = new Set(validator.unseen());
    const faults = ["bodies.test.ts", "faults.test.ts"] as const;
    const ours = [...faults, "idempotency.test.ts", "limits.test.ts", "outages.test.ts"] as const;
    expect(everyRoutesStatuses(surface, ours).filter((key) => unseen.has(key))).toEqual([]);
  });
});

function unroutable(surface: Surface): [number, string][] {
  const operations = operationsOf(surface);
  return operations.flatMap(({ path }) => {
    const declared = operations.filter((other) => other.path === path).map(({ method }) => method);
    const method = (["DELETE", "PATCH", "PUT", "GET"] as const).find((candidate) => !declared.includes(candidate));
    return [
      [404, `GET ${path}/no/such/place`],
      [405, `${method} ${path}`],
    ] satisfies [number, string][];
  });
}

async function exhaust({ deps: { limits } }: TestApp, people: readonly { id: string }[]): Promise<void> {
  for (const [name, { points, per }] of Object.entries(limitPolicies)) {
    const callers = per === "user" ? people.map(({ id }) => id) : [null];
    for (const caller of callers) {
      for (let i = 0; i <= points; i += 1) await limits.consume(name as LimitName, caller, "127.0.0.1");
    }
  }
}
