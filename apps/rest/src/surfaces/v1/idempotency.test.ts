import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp } from "../../testing/app";
import { needsToken } from "../../testing/operations";
import { someBody } from "../../testing/requests";
import { everywhere, expectRefusal, type Stage, setStage } from "../../testing/stage";
import surface from "./surface";

/** Keys that name a request, on every POST. Source: conventions, "idempotency". */

const { operations, reach, unprovoked } = everywhere(surface, "idempotency.test.ts");
const posts = operations.filter(({ method }) => method === "POST");
let stage: Stage;
let count = 0;

beforeAll(async () => {
  stage = await setStage(await startTestApp());
});
afterAll(() => stage.test.close());

function newKey(): string {
  count += 1;
  return `key-${count}`;
}

const sql = (text: string, values: unknown[]) => stage.test.deps.database.pool.query(text, values);

describe.each(posts)("$key", (operation) => {
  it("replays the first answer to the same request, and runs it once", async () => {
    const options = { ...someBody(operation), headers: { "idempotency-key": newKey() } };
    const first = await reach(stage, operation, options);
    expect(first.status, first.body).toBeLessThan(500);
    expect(first.headers["idempotency-replayed"]).toBeUndefined();
    const older = { ...options, headers: { "x-idempotency-key": options.headers["idempotency-key"] } };
    for (const again of [await reach(stage, operation, options), await reach(stage, operation, older)]) {
      expect([again.status, again.body]).toEqual([first.status, first.body]);
      expect(again.headers["content-type"]).toBe(first.headers["content-type"]);
      expect(again.headers["idempotency-replayed"]).toBe("true");
      expect(again.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
    }
  });

  it("answers 409 while the first request runs", async () => {
    const options = { ...someBody(operation), headers: { "idempotency-key": newKey() } };
    await reach(stage, operation, options);
    const { rowCount } = await sql("UPDATE idempotency_records SET status = NULL WHERE key = $1", [
      options.headers["idempotency-key"],
    ]);
    expect(rowCount).toBe(1);
    expectRefusal(await reach(stage, operation, options), 409, "conflict");
  });

  it("answers 400 to a key that is none", async () => {
    const body = someBody(operation);
    for (const key of ["", " ", "a b", "x".repeat(256), "\u00e9", "a\tb"]) {
      expectRefusal(
        await reach(stage, operation, { ...body, headers: { "idempotency-key": key } }),
        400,
        "validation_error",
      );
    }
    const two = { "idempotency-key": "one", "x-idempotency-key": "two" };
    expectRefusal(await reach(stage, operation, { ...body, headers: two }), 400, "validation_error");
    const longest = { "idempotency-key": newKey().padEnd(255, "~") };
    await reach(stage, operation, { ...body, headers: longest });
    expect((await reach(stage, operation, { ...body, headers: longest })).headers["idempotency-replayed"]).toBe("true");
  });
});

it.each(posts.filter(({ plan }) => plan.body !== "none"))(
  "answers 422 where the key comes with another body: $key",
  async (operation) => {
    const headers = { "idempotency-key": newKey() };
    await reach(stage, operation, { ...someBody(operation), headers });
    expectRefusal(await reach(stage, operation, { ...someBody(operation), headers }), 422, "conflict");
  },
);

it.each(posts.filter(needsToken))("keeps a key to the caller whose it is: $key", async (operation) => {
  const headers = { "idempotency-key": newKey() };
  await reach(stage, operation, { ...someBody(operation), headers });
  const other = await setStage(stage.test);
  const theirs = await reach(other, operation, { ...someBody(operation), headers });
  expect(theirs.headers["idempotency-replayed"]).toBeUndefined();
  expect(theirs.status).not.toBe(422);
  expectRefusal(
    await reach(stage, operation, { ...someBody(operation), headers, token: undefined }),
    401,
    "unauthorized",
  );
});

it.each(posts.filter(({ plan }) => plan.body === "json"))(
  "keeps no key of a request that could not be carried out: $key",
  async (operation) => {
    const headers = { "idempotency-key": newKey(), "content-type": "application/json" };
    await reach(stage, operation, { raw: "{", headers });
    await reach(stage, operation, { json: {}, headers });
    const answer = await reach(stage, operation, { ...someBody(operation), headers });
    expect(answer.headers["idempotency-replayed"]).toBeUndefined();
    expect(answer.status).not.toBe(422);
  },
);

it("lets one of 20 at the same time run, under one key", async () => {
  const register = posts.find(({ key }) => key === "POST /v1/auth/register");
  if (register === undefined) throw new Error("nobody can register");
  const options = { ...someBody(register), headers: { "idempotency-key": newKey() } };
  const answers = await Promise.all(Array.from({ length: 20 }, () => reach(stage, register, options)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
  const bodies = answers.filter(({ status }) => status === 201).map(({ body }) => body);
  expect(new Set(bodies).size).toBe(1);
});

it("has met every status that the contracts leave to it", () => {
  expect(unprovoked()).toEqual([]);
});
