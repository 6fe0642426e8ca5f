import { namesThing } from "@parley/surface-kit/plan";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp } from "../../testing/app";
import { at, call } from "../../testing/calls";
import { needsToken, type Operation } from "../../testing/operations";
import { nobody, routeTo, someBody, withQuery } from "../../testing/requests";
import { everywhere, expectRefusal, isMalformed, type Stage, setStage, tokenFor } from "../../testing/stage";
import surface from "./surface";

/** What callers can get wrong on every route alike, on every route; bodies have tests of their own. */

const { operations, reach, carryOut, unprovoked } = everywhere(surface, "faults.test.ts");
const guarded = operations.filter(needsToken);
const reads = operations.filter(({ method }) => method === "GET");
const addresses = [...new Set(operations.map(({ path }) => path))].map((path) => ({ path }));
const garbage = "eyJhbGciOiJSUzI1NiJ9.garbage.garbage";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(await startTestApp());
});
afterAll(() => stage.test.close());

describe("credentials", () => {
  it.each(guarded)("are asked for before anything else is looked at: $key", async (operation) => {
    const raw = { raw: '{"a":', headers: { "content-type": "application/json" } };
    for (const options of [{}, raw, { raw: "<a/>", headers: { "content-type": "text/xml" } }, someBody(operation)]) {
      for (const parameter of [nobody, "nonsense"]) {
        const answer = await reach(stage, operation, { ...options, token: undefined }, parameter);
        expectRefusal(answer, 401, "unauthorized");
        expect(answer.headers["www-authenticate"]).toBe("Bearer");
      }
    }
  });

  it.each(guarded)("that are worth nothing are told from none: $key", async (operation) => {
    for (const token of [garbage, "x", "a b", ""]) {
      const answer = await carryOut(stage, operation, { token });
      expectRefusal(answer, 401, "unauthorized");
      expect(answer.headers["www-authenticate"]).toBe('Bearer error="invalid_token"');
      expect(answer.headers.vary).toContain("Authorization");
    }
  });

  it.each(guarded)("are sent one way only, and never in the address: $key", async (operation) => {
    const key = operation.key;
    const token = tokenFor(stage, operation) ?? "";
    const inAddress = { ...operation, key: `${key}?access_token=${token}` };
    isMalformed(await reach(stage, inAddress, someBody(operation)));
    expectRefusal(await reach(stage, inAddress, { ...someBody(operation), token: undefined }), 401, "unauthorized");
  });
});

describe("an address", () => {
  const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

  it.each(addresses)("$path answers 405 to the methods that it lacks, and says which it has", async ({ path }) => {
    const declared = operations.filter((operation) => operation.path === path).map(({ method }) => method as string);
    const allowed = declared.includes("GET") ? [...declared, "HEAD"] : declared;
    for (const method of methods.filter((one) => !allowed.includes(one))) {
      for (const token of [undefined, stage.people.user.token]) {
        const answer = await call(stage.test.app, routeTo({ key: `${method} ${path}` }, nobody), { token, raw: "{" });
        if (method !== "HEAD") expectRefusal(answer, 405, "method_not_allowed");
        expect(answer.status).toBe(405);
        expect(answer.headers.allow?.split(", ").sort()).toEqual(allowed.toSorted());
      }
    }
  });

  it.each(addresses)("$path tells its methods, and a page of any origin that it may ask", async ({ path }) => {
    const route = routeTo({ key: `OPTIONS ${path}` }, nobody);
    const plain = await call(stage.test.app, route);
    expect([plain.status, plain.body]).toEqual([204, ""]);
    const preflight = await call(stage.test.app, route, {
      headers: {
        origin: "https://app.example",
        "access-control-request-method": "PUT",
        "access-control-request-headers": "authorization, content-type, idempotency-key, if-match",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": "authorization, content-type, idempotency-key, if-match",
    });
    expect(preflight.headers["access-control-allow-credentials"]).toBeUndefined();
  });

  it.each([
    ...["/v1", "/v1/", "/v1/nowhere", "/v1/users/me/", "/v1//users", "/v1/users/me/nowhere", "/v1/Users"],
    ...[
      "/v1/users/a/b/c",
      "/v1/__proto__",
      "/v1/constructor",
      "/v1/%00",
      "/v1/..%2f..%2fhealthz",
      "/v1/openapi.json/x",
    ],
    `/v1/users/${"x".repeat(201)}`,
    `/v1/${"x/".repeat(2_000)}`,
  ])("that is unknown answers 404 to every method: %s", async (path) => {
    for (const method of methods) {
      const answer = await call(stage.test.app, `${method} ${path}`, { raw: "{" });
      if (method === "HEAD") expect(answer.status).toBe(404);
      else expectRefusal(answer, 404, "not_found");
    }
  });

  it.each(["/v1/users/%E0%A4%A", "/v1/%", "/v1/users/%zz/follow", "/v1/users/%ff"])(
    "that cannot be decoded answers 400: %s",
    async (path) => {
      for (const method of ["GET", "POST", "DELETE"]) isMalformed(await call(stage.test.app, `${method} ${path}`));
    },
  );

  const hostile = [
    ...["%00", "a%00b", "__proto__", "constructor", "%2e%2e%2f", "%F0%9F%98%80", "-1", "1e9", "'%20OR%201=1--", "null"],
  ];
  const namesThings = ({ plan }: Operation) => plan.pathFields.every(namesThing);

  it.each(operations.filter(({ path }) => path.includes("{")).filter(namesThings))(
    "with a hostile parameter answers 404: $key",
    async (operation) => {
      for (const parameter of hostile) {
        const answer = await reach(stage, withQuery(operation), someBody(operation), parameter);
        expectRefusal(answer, 404, "not_found");
      }
    },
  );

  it.each(operations.filter((operation) => !namesThings(operation)))(
    "with a hostile value in it answers 400, naming the value: $key",
    async (operation) => {
      const [{ wire = "" } = {}] = operation.plan.pathFields;
      for (const parameter of hostile) {
        const answer = await reach(stage, operation, someBody(operation), parameter);
        expectRefusal(answer, 400, "validation_error", { [wire]: expect.any(String) });
      }
    },
  );

  it.each(operations.filter(({ plan }) => plan.queryFields.length > 0))(
    "with a hostile query harms nothing: $key",
    async (operation) => {
      for (const { wire } of operation.plan.queryFields) {
        for (const value of ["%00", "a%00b", "%ff", "%ed%a0%80", "[]", "%7B%7D", "1e999", "x".repeat(5_000)]) {
          for (const query of [
            `${wire}=${value}`,
            `${wire}=${value}&${wire}=${value}`,
            `${wire}[__proto__]=${value}`,
          ]) {
            const answer = await reach(stage, { ...operation, key: `${operation.key}?${query}` });
            expect(answer.status, query).toBeLessThan(500);
          }
        }
      }
    },
  );
});

describe("headers", () => {
  it.each(operations)("echo a request id that is well formed, and replace any other: $key", async (operation) => {
    const idFor = async (id: string) =>
      (await reach(stage, operation, { token: undefined, raw: "", headers: { "x-request-id": id } })).headers[
        "x-request-id"
      ];
    for (const id of ["a", "req_1.b-C", "x".repeat(64)]) expect(await idFor(id)).toBe(id);
    for (const id of ["", "x".repeat(65), "a b", "a;b", "é", "<script>"]) {
      expect(await idFor(id)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  it.each(reads)("of HEAD are those of GET: $key", async (operation) => {
    const headers = { "x-request-id": "same" };
    const got = await reach(stage, operation, { headers });
    const token = tokenFor(stage, operation);
    const head = await call(stage.test.app, routeTo(operation, nobody).replace("GET", "HEAD"), { headers, token });
    expect([head.status, head.body]).toEqual([got.status, ""]);
    expect({ ...head.headers, date: "" }).toEqual({ ...got.headers, date: "" });
  });

  it.each(operations)(
    "keep answers from being sniffed, framed, or read by the wrong caller: $key",
    async (operation) => {
      const { headers } = await reach(stage, operation, { headers: { origin: "https://app.example" } });
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "access-control-allow-origin": "*",
        "access-control-expose-headers": expect.stringContaining("X-RateLimit-Remaining"),
      });
      expect(headers.vary).toContain("Accept");
      expect(headers["x-powered-by"]).toBeUndefined();
    },
  );

  it.each(operations)("may ask for problem details, whose status is the same: $key", async (operation) => {
    // Refused by each operation for a reason of its own, or by 401.
    const options = { raw: "", token: undefined, headers: { "content-type": "text/plain" } };
    const plain = await reach(stage, operation, options, "nonsense");
    if (plain.status < 400) return expect(operation.key).toBe("GET /v1/users");
    const accept = "application/problem+json, application/json";
    const problem = await reach(stage, operation, { ...options, headers: { ...options.headers, accept } }, "nonsense");
    const details = at(plain.json, "error.details") ?? null;
    expect(problem.status).toBe(plain.status);
    expect(problem.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(problem.json).toEqual({
      type: "about:blank",
      title: expect.stringMatching(/^[A-Z]/),
      status: plain.status,
      detail: at(plain.json, "error.message"),
      instance: routeTo(operation, "nonsense").split(" ")[1],
      code: at(plain.json, "error.code"),
      // What they ask for in their address is missing: named in both.
      ...(details !== null && { errors: details }),
    });
  });
});

it("has met every status that the contracts leave to it", () => {
  expect(unprovoked()).toEqual([]);
});
