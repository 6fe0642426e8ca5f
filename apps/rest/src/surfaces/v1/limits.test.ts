import { type LimitName, limitPolicies } from "@parley/api/rules/limits";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Person, startTestApp } from "../../testing/app";
import { type Answer, type CallOptions, call } from "../../testing/calls";
import { everywhere, expectRefusal, type Stage, setStage } from "../../testing/stage";
import surface from "./surface";

/** How often who may call. Source: conventions, "limits", and "every response". */

const { operations, carryOut, unprovoked } = everywhere(surface, "limits.test.ts");
let stage: Stage;
let lastAddress = 0;

beforeAll(async () => {
  stage = await setStage(await startTestApp({ areLimitsOn: true }));
});
afterAll(() => stage.test.close());

/** Where nobody has called from. */
function newAddress(): string {
  lastAddress += 1;
  return `10.0.${lastAddress >> 8}.${lastAddress & 255}`;
}

const ask = (route: string, options: CallOptions) => call(stage.test.app, route, options);
const person = (): Promise<Person> => stage.test.person();
const me = "GET /v1/users/me";
const search = "GET /v1/users?per_page=1";

function limitOf({ headers }: Answer) {
  return {
    limit: Number(headers["x-ratelimit-limit"]),
    remaining: Number(headers["x-ratelimit-remaining"]),
    reset: Number(headers["x-ratelimit-reset"]),
  };
}

/** Calls until the limit is reached, and holds every step of the way against it. */
async function exhaust(points: number, seconds: number, once: () => Promise<Answer>): Promise<Answer> {
  const before = Math.floor(Date.now() / 1000);
  const allowed: Answer[] = [];
  for (let i = 0; i < points; i += 1) allowed.push(await once());
  expect(allowed.filter(({ status }) => status === 429)).toEqual([]);
  const states = allowed.map(limitOf);
  expect(states.map(({ limit }) => limit)).toEqual(new Array(points).fill(points));
  expect(states.map(({ remaining }) => remaining)).toEqual(Array.from({ length: points }, (_, i) => points - 1 - i));
  const resets = new Set(states.map(({ reset }) => reset));
  expect(resets.size).toBe(1);
  const [reset = 0] = resets;
  expect(reset).toBeGreaterThan(before);
  expect(reset).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000) + seconds);

  const refused = await once();
  expectRefusal(refused, 429, "rate_limited");
  expect(limitOf(refused)).toEqual({ limit: points, remaining: 0, reset });
  const retryAfter = Number(refused.headers["retry-after"]);
  expect(Number.isInteger(retryAfter)).toBe(true);
  expect(retryAfter).toBeGreaterThanOrEqual(1);
  expect(retryAfter).toBeLessThanOrEqual(seconds);
  return refused;
}

describe("the limit", () => {
  it.each([
    { what: "of sign-ins", route: "POST /v1/auth/login", points: 5, seconds: 15 * 60 },
    { what: "of registrations", route: "POST /v1/auth/register", points: 3, seconds: 60 * 60 },
    { what: "of password resets", route: "POST /v1/auth/password/reset", points: 10, seconds: 60 * 60 },
    { what: "of other calls without a token", route: search, points: 30, seconds: 60 },
  ])("$what is $points an address", async ({ route, points, seconds }) => {
    const address = newAddress();
    // What is refused for its shape counts too.
    await exhaust(points, seconds, () => ask(route, { address, json: {} }));
    expect((await ask(route, { address: newAddress(), json: {} })).status).not.toBe(429);
  });

  it("of calls with a token is 100 a person, wherever they come from", async () => {
    const { token } = await person();
    await exhaust(100, 60, () => ask(me, { token, address: newAddress() }));
  });

  it("is the same bucket for asking for a reset and confirming one", async () => {
    const address = newAddress();
    let turn = 0;
    await exhaust(10, 60 * 60, () => {
      turn += 1;
      return ask(`POST /v1/auth/password/reset${turn % 2 === 0 ? "/confirm" : ""}`, { address, json: {} });
    });
  });
});

describe("buckets", () => {
  it("are apart: who may not sign in any more may still do all else", async () => {
    const address = newAddress();
    await exhaust(5, 15 * 60, () => ask("POST /v1/auth/login", { address, json: {} }));
    for (const route of ["POST /v1/auth/register", "POST /v1/auth/password/reset", "POST /v1/auth/refresh", search]) {
      expect((await ask(route, { address, json: {} })).status, route).not.toBe(429);
    }
    expect((await ask(me, { address, token: (await person()).token })).status).toBe(200);
  });

  it("of people at one address are apart from each other and from the address's", async () => {
    const [address, other] = [newAddress(), newAddress()];
    const [ann, bob] = [await person(), await person()];
    await exhaust(100, 60, () => ask(me, { address, token: ann.token }));
    expect(limitOf(await ask(me, { address, token: bob.token })).remaining).toBe(99);
    expect(limitOf(await ask(search, { address })).remaining).toBe(29);
    await exhaust(30, 60, () => ask(search, { address: other }));
    expect((await ask(me, { address: other, token: bob.token })).status).toBe(200);
    expect((await ask(me, { address: newAddress(), token: ann.token })).status).toBe(429);
  });

  it("of an address count what is refused, whatever for", async () => {
    const address = newAddress();
    const calls: [string, CallOptions][] = [
      [me, {}],
      [me, { token: "garbage" }],
      ["GET /v1/users/nobody-at-all", {}],
      ["GET /v1/nowhere", {}],
      ["DELETE /v1/users", {}],
      ["GET /v1/users?page=0", {}],
      ["HEAD /v1/users", {}],
    ];
    let turn = 0;
    await exhaust(30, 60, () => {
      const [route = "", options = {}] = turn < 30 ? (calls[turn % calls.length] ?? []) : [me, {}];
      turn += 1;
      return ask(route, { ...options, address });
    });
    for (const route of ["GET /v1/nowhere", "DELETE /v1/users"]) {
      expectRefusal(await ask(route, { address }), 429, "rate_limited");
    }
  });

  it("of an address cannot be escaped by claiming another", async () => {
    const address = newAddress();
    let turn = 0;
    await exhaust(30, 60, () => {
      turn += 1;
      const claimed = `198.51.100.${turn}`;
      return ask(search, {
        address,
        headers: { "x-forwarded-for": claimed, "x-real-ip": claimed, forwarded: `for=${claimed}` },
      });
    });
  });

  it("of IPv6 addresses are one to a subscriber's /64", async () => {
    let host = 0;
    await exhaust(30, 60, () => {
      host += 1;
      return ask(search, { address: `2001:db8:1:2::${host.toString(16)}` });
    });
    expect((await ask(search, { address: "2001:db8:1:3::1" })).status).toBe(200);
  });
});

describe("every route", () => {
  beforeAll(async () => {
    const { limits } = stage.test.deps;
    const here = "127.0.0.1";
    const callers = [null, ...Object.values(stage.people).map(({ id }) => id)];
    for (const [name, { points }] of Object.entries(limitPolicies)) {
      for (const caller of callers) {
        for (let i = 0; i <= points; i += 1) await limits.consume(name as LimitName, caller, here);
      }
    }
  });

  it.each(operations)("refuses with 429 before it looks at anything else: $key", async (operation) => {
    const refused = await carryOut(stage, operation);
    expectRefusal(refused, 429, "rate_limited");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(limitOf(refused).remaining).toBe(0);
    const broken = await carryOut(stage, operation, { form: undefined, json: undefined, raw: "{", token: undefined });
    expectRefusal(broken, 429, "rate_limited");
    const problem = await carryOut(stage, operation, { headers: { accept: "application/problem+json" } });
    expect([problem.status, problem.contentType]).toEqual([429, "application/problem+json; charset=utf-8"]);
  });
});

it("has met every status that the contracts leave to it", () => {
  expect(unprovoked()).toEqual([]);
});
