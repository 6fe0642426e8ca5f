import fc from "fast-check";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Person, startTestApp, type TestApp } from "../testing/app";
import { type CallOptions, call, textAt } from "../testing/calls";

/** What a caller proves themself with is nobody else's to read: not in logs, figures or answers. */

let test: TestApp;
let ann: Person;
const lines: string[] = [];

beforeAll(async () => {
  test = await startTestApp({}, pino({ level: "trace" }, { write: (line: string) => lines.push(line) }));
  ann = await test.person();
});
afterAll(() => test.close());

async function newToken(scopes: readonly string[]): Promise<string> {
  const json = { name: "Script", scopes };
  return textAt(
    (await call(test.app, "POST /trpc/account.createApiToken", { token: ann.token, json })).json,
    "result.data.token",
  );
}

const route = fc.constantFrom(
  ...["GET /v1/users/me", "PUT /v1/users/me", "GET /me", "PATCH /me", "GET /api/v1/users/me", "GET /api/user"],
  ...["GET /v1/nowhere", "POST /v1/users/me", "GET /trpc/profile.me", "GET /v1/%E0%A4%A", "GET /v1/users/me/devices"],
);
/** Where a token may end up: where it belongs, and where mistakes put it. */
const placed = fc.constantFrom<(token: string) => CallOptions & { query?: string }>(
  (token) => ({ token }),
  (token) => ({ token: `${token}x` }),
  (token) => ({ headers: { authorization: token } }),
  (token) => ({ headers: { authorization: `Basic ${token}` } }),
  (token) => ({ headers: { "x-api-key": token } }),
  (token) => ({ cookie: `next-auth.session-token=${token}` }),
  (token) => ({ query: `access_token=${token}`, token }),
);
const bodies = fc.constantFrom<CallOptions>({}, { json: { name: 7 } }, { raw: "{", headers: {} });

it("no token is logged, counted, or answered, however it is sent", async () => {
  const secrets: string[] = [];
  const one = fc.asyncProperty(route, placed, bodies, fc.boolean(), async (to, place, body, isScoped) => {
    const token = await newToken(isScoped ? ["profile:read"] : ["devices:write"]);
    secrets.push(token.slice("il_tok_".length));
    const { query, headers, ...options } = place(token);
    const address = query === undefined ? to : `${to}?${query}`;
    const answer = await call(test.app, address, { ...body, ...options, headers: { ...body.headers, ...headers } });
    // An address is told again in problem details alone, and only without its query.
    expect(answer.body + JSON.stringify(answer.headers)).not.toContain(token);
  });
  await fc.assert(one, { numRuns: 40 });
  expect(secrets.length).toBeGreaterThanOrEqual(40);
  // Faults are logged with their causes: that is where secrets slip out.
  const { pool } = test.deps.database;
  const token = await newToken(["profile:read"]);
  secrets.push(token, ann.token, ann.cookie);
  await pool.query("ALTER TABLE users RENAME TO people");
  const failed = await Promise.all([
    call(test.app, "GET /v1/users/me", { token }),
    call(test.app, "GET /me", { token: ann.token }),
    call(test.app, "GET /api/user", { cookie: ann.cookie }),
  ]);
  await pool.query("ALTER TABLE people RENAME TO users");
  expect(failed.map(({ status }) => status)).toEqual([500, 500, 500]);

  expect(lines.some((line) => line.includes("a request failed"))).toBe(true);
  const metrics = (await call(test.app, "GET /metrics")).body;
  const told = lines.join("") + metrics;
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
});
