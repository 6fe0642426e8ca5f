import { freshDatabase } from "@parley/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp } from "../../testing/app";
import { call } from "../../testing/calls";
import { type DatabaseProxy, openProxy } from "../../testing/proxy";
import { everywhere, expectRefusal, type Stage, setStage } from "../../testing/stage";
import surface from "./surface";

/** What happens on every route when something behind it fails. */

const { operations, reach, carryOut, unprovoked } = everywhere(surface, "outages.test.ts");

describe("while the database is away", () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let proxy: DatabaseProxy;
  let stage: Stage;

  beforeAll(async () => {
    database = await freshDatabase();
    proxy = await openProxy(database.url);
    stage = await setStage(await startTestApp({ databaseUrl: proxy.url }));
    // What was answered before must not be answered from memory.
    for (const operation of operations) await carryOut(stage, operation);
    proxy.cut();
  });
  afterAll(async () => {
    await stage.test.close();
    await proxy.close();
    await database.close();
  });

  it.each(operations)("answers 503: $key", async (operation) => {
    expectRefusal(await carryOut(stage, operation), 503, "unavailable");
    const headers = { accept: "application/problem+json" };
    const problem = await carryOut(stage, operation, { headers });
    expect([problem.status, problem.contentType]).toEqual([503, "application/problem+json; charset=utf-8"]);
  });

  it("still refuses what it can without it", async () => {
    const { app } = stage.test;
    expectRefusal(await call(app, "GET /v1/users/me"), 401, "unauthorized");
    expectRefusal(await call(app, "POST /v1/auth/register", { json: {} }), 400, "validation_error", expect.anything());
    expectRefusal(await call(app, "GET /v1/nowhere"), 404, "not_found");
    expectRefusal(await call(app, "PATCH /v1/users/me"), 405, "method_not_allowed");
  });

  it("recovers by itself, on every route, when it is back", async () => {
    const [first] = operations.filter(({ key }) => key === "GET /v1/users/me");
    if (first === undefined) throw new Error("there is no profile");
    proxy.mend();
    await expect.poll(async () => (await carryOut(stage, first)).status, { timeout: 10_000 }).toBe(200);
    for (const operation of operations) {
      const { status, body } = await carryOut(stage, operation);
      expect(status, `${operation.key}: ${body}`).toBeLessThan(500);
    }
  });

  it("cut in the midst of many requests, fails those alone that it has cut", async () => {
    const [me] = operations.filter(({ key }) => key === "PUT /v1/users/me");
    if (me === undefined) throw new Error("there is no profile");
    for (let round = 0; round < 5; round += 1) {
      const answers = Array.from({ length: 20 }, () => carryOut(stage, me));
      await Promise.race(answers);
      proxy.cut();
      for (const answer of await Promise.all(answers)) {
        if (answer.status !== 200) expectRefusal(answer, 503, "unavailable");
      }
      proxy.mend();
      await expect.poll(async () => (await carryOut(stage, me)).status, { timeout: 10_000 }).toBe(200);
    }
  });
});

describe("an unexpected fault", () => {
  let stage: Stage;
  /** Takes every table and function of a schema from where statements look for them. */
  const rename = (schema: string, name: string) =>
    stage.test.deps.database.pool.query(`ALTER SCHEMA ${schema} RENAME TO ${name}`);

  beforeAll(async () => {
    stage = await setStage(await startTestApp());
    await rename("public", "elsewhere");
    await rename("graphile_worker", "idle");
  });
  afterAll(() => stage.test.close());

  it.each(operations)("is answered 500, and tells nothing: $key", async (operation) => {
    const answer = await carryOut(stage, operation);
    expectRefusal(answer, 500, "internal");
    expect(answer.json).toEqual({
      error: { code: "internal", message: "Something went wrong on our side", details: null },
    });
    const problem = await carryOut(stage, operation, { headers: { accept: "application/problem+json" } });
    expect(problem.json).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      detail: "Something went wrong on our side",
      instance: problem.path.split("?")[0],
      code: "internal",
    });
  });

  it("passes with its cause", async () => {
    await rename("elsewhere", "public");
    await rename("idle", "graphile_worker");
    for (const operation of operations) {
      const { status, body } = await reach(stage, operation);
      expect(status, `${operation.key}: ${body}`).toBeLessThan(500);
    }
  });
});

it("has met every status that the contracts leave to it", () => {
  expect(unprovoked()).toEqual([]);
});
