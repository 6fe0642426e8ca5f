import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp } from "../../testing/app";
import { at, formBytes, formType } from "../../testing/calls";
import type { Operation } from "../../testing/operations";
import { someBody, textMembers } from "../../testing/requests";
import { everywhere, expectRefusal, isMalformed, type Stage, setStage } from "../../testing/stage";
import surface from "./surface";

/** What callers can get wrong in a body or a form, on every route that takes one; and that no other reads any. */

const { operations, reach, carryOut, unprovoked } = everywhere(surface, "bodies.test.ts");
const takingJson = operations.filter(({ plan }) => plan.body === "json" || plan.body === "optional");
const takingForms = operations.filter(({ plan }) => typeof plan.body === "object");
const mebibyte = 1024 * 1024;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(await startTestApp());
});
afterAll(() => stage.test.close());

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

it("has met every status that the contracts leave to it", () => {
  expect(unprovoked()).toEqual([]);
});
