import { namesThing } from "@parley/surface-kit/plan";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp } from "../../testing/app";
import { type Answer, at, call, formBytes, formType } from "../../testing/calls";
import { needsToken, type Operation } from "../../testing/operations";
import { nobody, routeTo, someBody, textMembers, withQuery } from "../../testing/requests";
import { everywhere, expectRefusal, type Stage, setStage, tokenFor } from "../../testing/stage";
import surface from "./surface";

/** What callers can get wrong on every route alike, on every route. */

const { operations, reach, carryOut, unprovoked } = everywhere(surface, "faults.test.ts");
const guarded = operations.filter(needsToken);
const takingJson = operations.filter(({ plan }) => plan.body === "json" || plan.body === "optional");
const takingForms = operations.filter(({ plan }) => typeof plan.body === "object");
const reads = operations.filter(({ method }) => method === "GET");
const addresses = [...new Set(operations.map(({ path }) => path))].map((path) => ({ path }));
const garbage = "eyJhbGciOiJSUzI1NiJ9.garbage.garbage";
const mebibyte = 1024 * 1024;

const isMalformed = (answer: Answer) => expectRefusal(answer, 400, "validation_error");

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

describe("a body", () => {
  const headers = { "content-type": "application/json" };

  it.each(takingJson)("of another type is answered 415: $key", async (operation) => {
    const body = JSON.stringify(someBody(operation).json);
    const types = [
      "text/plain",
      "application/xml",
      "application/x-www-form-urlencoded",
      formType,
      "nonsense",
      "/",
      "a/b/c",
    ];
    for (const type of [...types, "application/json; charset=utf-16", "application/jsonp"]) {
      const answer = await reach(stage, operation, { raw: body, headers: { "content-type": type } });
      expectRefusal(answer, 415, "unsupported_media_type");
    }
    const compressed = { ...headers, "content-encoding": "gzip" };
    expectRefusal(await reach(stage, operation, { raw: body, headers: compressed }), 415, "unsupported_media_type");
    expectRefusal(await reach(stage, operation, { raw: body }), 415, "unsupported_media_type");
  });

  it.each(takingJson)("that is no JSON object in UTF-8 is answered 400: $key", async (operation) => {
    const [[member = ""] = []] = textMembers(operation);
    const broken: (string | Buffer)[] = [
      ...['{"a":', "{'a':1}", "{a:1}", '{"a":1}}', '{"a":NaN}', "undefined", "\u0000", "{}\u0000", "\ufeff{}x"],
      ...["[]", '"text"', "7", "true", "null", " ", '[{"a":1}]'],
      Buffer.concat([Buffer.from(`{"${member}":"`), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')]),
      // An overlong form, half a surrogate pair, and a sequence that ends early.
      ...[
        [0xc1, 0xbf],
        [0xed, 0xa0, 0x80],
        [0xe2, 0x82],
      ].map((bytes) => Buffer.from([0x7b, ...bytes, 0x7d])),
    ];
    for (const raw of broken) isMalformed(await reach(stage, operation, { raw, headers }));
  });

  it.each(takingJson)("that nests a hundred thousand deep is answered like any wrong one: $key", async (operation) => {
    const names = Object.keys(someBody(operation).json as object);
    for (const name of [...names, "unknown"]) {
      for (const [open, shut] of [
        ["[", "]"],
        ['{"a":', "}"],
      ] as const) {
        const depth = open === "[" ? 100_000 : 40_000;
        const raw = `{"${name}":${open.repeat(depth)}1${shut.repeat(depth)}}`;
        const answer = await reach(stage, operation, { raw, headers: { ...headers, "idempotency-key": "deep" } });
        expect(answer.status, answer.body.slice(0, 200)).toBeLessThan(500);
        if (name !== "unknown") expect(answer.status, answer.body.slice(0, 200)).toBe(400);
      }
    }
  });

  it.each(takingJson)("with a NUL or half a surrogate pair in any text harms nothing: $key", async (operation) => {
    for (const path of textMembers(operation)) {
      for (const bad of ["\u0000", "a\u0000b", "\ud800", "a\udfffb"]) {
        const { json } = someBody(operation);
        const parent = path.slice(0, -1).reduce((value, key) => at(value, key), json) as Record<string, unknown>;
        parent[path.at(-1) ?? ""] = bad;
        const answer = await reach(stage, operation, { json });
        const member = path.join(".");
        if (isOnlyCompared(operation, member)) {
          expect([204, 400, 401], answer.body).toContain(answer.status);
          continue;
        }
        expectRefusal(answer, 400, "validation_error", { [member]: expect.any(String) });
      }
    }
  });

  it.each(takingJson)("cannot reach prototypes: $key", async (operation) => {
    const { json } = someBody(operation);
    const good = JSON.stringify(json);
    const empty = await reach(stage, operation, { json: {} });
    // What is inherited is not given.
    const inherited = await reach(stage, operation, { raw: `{"__proto__":${good}}`, headers });
    expect([inherited.status, operation.plan.body === "json" && inherited.body]).toEqual([
      empty.status,
      operation.plan.body === "json" && empty.body,
    ]);
    const poison = '"__proto__":{"polluted":1,"role":"admin"},"constructor":{"prototype":{"polluted":1}},"toString":1';
    const other = JSON.stringify(someBody(operation).json);
    const poisoned = await reach(stage, operation, { raw: `${other.slice(0, -1)},${poison}}`, headers });
    const clean = await carryOut(stage, operation);
    expect(poisoned.status, poisoned.body).toBe(clean.status);
    expect("polluted" in {}).toBe(false);
  });

  it.each(takingJson)("beyond the limit is answered 400: $key", async (operation) => {
    const { json } = someBody(operation);
    isMalformed(await reach(stage, operation, { json: { ...(json as object), more: "x".repeat(256 * 1024) } }));
    isMalformed(await reach(stage, operation, { raw: " ".repeat(mebibyte), headers }));
  });

  it.each(operations.filter(({ plan }) => plan.body === "none"))(
    "is not read where none is asked for: $key",
    async (operation) => {
      // The first may find something to delete.
      await reach(stage, operation);
      const usual = await reach(stage, operation);
      for (const raw of ['{"a":', Buffer.from([0xff]), "x".repeat(mebibyte)]) {
        expect((await reach(stage, operation, { raw, headers })).status).toBe(usual.status);
      }
    },
  );
});

/** Text that is hashed or looked up and never kept, and may be anything: wrong it is then, but not malformed. */
function isOnlyCompared({ path }: Operation, member: string): boolean {
  if (member === "refresh_token" || (member === "token" && path.startsWith("/v1/auth/"))) return true;
  return path === "/v1/auth/login";
}

describe("a form", () => {
  const part = (operation: Operation) => {
    const { body } = operation.plan;
    const [[name, { maxBytes }] = ["", { maxBytes: 0 }]] = typeof body === "object" ? Object.entries(body.files) : [];
    return { name, maxBytes };
  };
  const send = (operation: Operation, raw: Buffer | string, type = formType) =>
    reach(stage, operation, { raw, headers: { "content-type": type } });

  it.each(takingForms)("of another type is answered 415: $key", async (operation) => {
    const form = formBytes(someBody(operation).form ?? []);
    for (const type of ["application/json", "image/png", "text/plain", "multipart/mixed; boundary=x", "nonsense"]) {
      expectRefusal(await send(operation, form, type), 415, "unsupported_media_type");
    }
    expectRefusal(await reach(stage, operation, { raw: form }), 415, "unsupported_media_type");
    expectRefusal(await reach(stage, operation), 415, "unsupported_media_type");
  });

  it.each(takingForms)("that is broken is answered 400: $key", async (operation) => {
    const form = formBytes(someBody(operation).form ?? []);
    isMalformed(await send(operation, form, "multipart/form-data"));
    isMalformed(await send(operation, form.subarray(0, -8)));
    isMalformed(await send(operation, form.subarray(0, form.length >> 1)));
    isMalformed(await send(operation, "nonsense"));
    isMalformed(await send(operation, ""));
  });

  it.each(takingForms)("with a file beyond its bound is answered 400, naming the file: $key", async (operation) => {
    const { name, maxBytes } = part(operation);
    const rest = (someBody(operation).form ?? []).filter((one) => one.name !== name);
    const file = { name, fileName: "large", type: "image/png", bytes: Buffer.alloc(maxBytes + 1) };
    const answer = await reach(stage, operation, { form: [...rest, file] });
    expectRefusal(answer, 400, "validation_error", { [name]: `must be at most ${maxBytes / mebibyte} MB` });
  });

  it.each(takingForms)("without its file, or with text in its place, is answered 400: $key", async (operation) => {
    const { name } = part(operation);
    const rest = (someBody(operation).form ?? []).filter((one) => one.name !== name);
    const [missing, text, twice] = [
      await reach(stage, operation, { form: rest }),
      await reach(stage, operation, { form: [...rest, { name, value: "\u0000" }] }),
      await reach(stage, operation, {
        form: [...(someBody(operation).form ?? []), ...(someBody(operation).form ?? [])],
      }),
    ];
    for (const answer of [missing, text, twice]) {
      expect(answer.status, answer.body).toBe(400);
      expect(Object.keys(at(answer.json, "error.details") as object)).toContain(name);
    }
  });

  it.each(takingForms)("with hostile names and text harms nothing: $key", async (operation) => {
    const good = someBody(operation).form ?? [];
    for (const name of ["__proto__", "constructor", "\u0000", "a".repeat(5_000), "birth_date", "toString"]) {
      for (const value of ["\u0000", "\ud800", "x".repeat(70_000)]) {
        const answer = await reach(stage, operation, { form: [{ name, value }, ...good] });
        expect(answer.status, answer.body).toBeLessThan(500);
      }
    }
    expect("polluted" in {}).toBe(false);
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
