import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { appRouter } from "@parley/api";
import { type Embedded, startEmbedded } from "@parley/db/embedded";
import { openApiDocument } from "@parley/surface-kit/openapi";
import { openApiValidator } from "@parley/testing/openapi";
import { mailsTo } from "@parley/testing/outbox";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import surface from "../surfaces/v1/surface";
import { type Answer, at, type CallOptions } from "../testing/calls";
import { type Member, makeHost, password, register } from "../testing/members";
import { callOver } from "../testing/over-http";
import { kill, postmasterOf, type ServerProcess, useProcesses } from "../testing/processes";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const recoversWithinMs = 60_000;
const processes = useProcesses();
const validator = openApiValidator(openApiDocument(surface, appRouter));
let dataDir: string;
let databaseDir: string;
let postgres: Embedded;
let server: ServerProcess;
let member: Member;
let host: Member;
let username: string;

beforeAll(async () => {
  dataDir = await processes.dataDir();
  databaseDir = await processes.dataDir();
  postgres = await startEmbedded({ dataDir: databaseDir });
  server = await processes.serve({ dataDir, env: { DATABASE_URL: postgres.url } });
  member = await register(server.url);
  host = await register(server.url);
  username = await makeHost(postgres.url, host);
});

afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

interface Call {
  route: string;
  options: CallOptions;
  /** Whether a success says what it must. */
  isRight(answer: Answer): boolean;
}

/** Reads and writes of every kind: cached, over the pool, in transactions, with the worker's jobs. */
function someCalls(): Call[] {
  const { token } = member;
  const bio = randomUUID();
  const device = randomUUID();
  const slots = [{ day_of_week: 1, start_time: "09:00", end_time: "17:00" }];
  return [
    { route: "GET /v1/users/me", options: { token }, isRight: ({ json }) => at(json, "id") === member.id },
    { route: "PUT /v1/users/me", options: { token, json: { bio } }, isRight: ({ json }) => at(json, "bio") === bio },
    { route: `GET /v1/users/${username}`, options: {}, isRight: ({ json }) => at(json, "username") === username },
    { route: "GET /v1/users?q=jane", options: {}, isRight: ({ json }) => at(json, "data.0.username") === username },
    {
      route: "PUT /v1/users/me/availability",
      options: { token, json: { slots } },
      isRight: ({ json }) => JSON.stringify(at(json, "slots")) === JSON.stringify(slots),
    },
    {
      route: "POST /v1/users/me/devices",
      options: { token, json: { token: device, platform: "web" }, headers: { "idempotency-key": device } },
      isRight: ({ json }) => at(json, "token") === device,
    },
    {
      route: "POST /v1/auth/login",
      options: { json: { email: member.email, password } },
      isRight: ({ json }) => at(json, "user.id") === member.id,
    },
    {
      route: "POST /v1/auth/password/reset",
      options: { json: { email: member.email } },
      isRight: ({ body }) => body === "",
    },
  ];
}

/** What is neither right nor refused as documented, each as a line. A loss of the connection is a fault too. */
async function faultOf({ route, options, isRight }: Call): Promise<{ fault: string | null; isUnavailable: boolean }> {
  try {
    const answer = await callOver(server.url, route, options);
    validator.expectMatches(answer);
    if (answer.status === 503) {
      expect(answer.json).toEqual({ error: { code: "unavailable", message: expect.any(String), details: null } });
      return { fault: null, isUnavailable: true };
    }
    const isFine = answer.status >= 200 && answer.status < 300 && isRight(answer);
    return { fault: isFine ? null : `${route}: ${answer.status} ${answer.body}`, isUnavailable: false };
  } catch (error) {
    return { fault: `${route}: ${String(error)} ${String((error as Error).cause)}`, isUnavailable: false };
  }
}

/** Calls without a pause, sixteen at a time, until it is stopped. */
function startLoad() {
  const faults: string[] = [];
  let answered = 0;
  let unavailable = 0;
  let isOver = false;
  const hand = async (first: number) => {
    for (let i = first; !isOver; i++) {
      const calls = someCalls();
      const call = calls[i % calls.length];
      if (call === undefined) return;
      const { fault, isUnavailable } = await faultOf(call);
      answered++;
      if (isUnavailable) unavailable++;
      if (fault !== null) faults.push(fault);
      // A server that refuses at once would otherwise be asked thousands of times.
      if (isUnavailable) await delay(5);
    }
  };
  const hands = Promise.all(Array.from({ length: 16 }, (_, i) => hand(i)));
  return {
    faults,
    answered: () => answered,
    unavailable: () => unavailable,
    async stop() {
      isOver = true;
      await hands;
    },
  };
}

/** Every kind of call that is not answered as on a good day. */
async function complaints(): Promise<string[]> {
  const calls = someCalls();
  const outcomes = await Promise.all(calls.map(faultOf));
  return outcomes.flatMap(({ fault, isUnavailable }, i) => (isUnavailable ? `${calls[i]?.route}: 503` : (fault ?? [])));
}

/** @returns milliseconds until all is well. */
async function recovery(): Promise<number> {
  const begun = performance.now();
  await expect.poll(complaints, { timeout: recoversWithinMs, interval: 20 }).toEqual([]);
  return Math.round(performance.now() - begun);
}

const postmaster = async () => (await postmasterOf(databaseDir)) ?? 0;

/** Each ends PostgreSQL in its way and brings it back, on the same port and with the same data. */
const outages: [string, () => Promise<void>][] = [
  [
    "a fast shutdown, some seconds away, then a start",
    async () => {
      await postgres.stop();
      await delay(2_000);
      postgres = await startEmbedded({ dataDir: databaseDir });
    },
  ],
  ["an immediate shutdown", async () => endAndAwaitAnother("SIGQUIT")],
  ["kill -9 of the postmaster", async () => endAndAwaitAnother("SIGKILL")],
];

/** Whoever started it looks after it. */
async function endAndAwaitAnother(signal: NodeJS.Signals): Promise<void> {
  const before = await postmaster();
  kill(before, signal);
  await expect
    .poll(async () => [0, before].includes(await postmaster()), { timeout: recoversWithinMs, interval: 20 })
    .toBe(false);
}

describe.each(outages)("%s, under load", (name, outage) => {
  it("is answered with 503, and is over by itself: requests, change feed and worker", async () => {
    const { pid } = server;
    const load = startLoad();
    await expect.poll(load.answered, { timeout: 60_000 }).toBeGreaterThan(60);
    expect(load.unavailable()).toBe(0);
    await outage();
    const recoveredMs = await recovery();
    await load.stop();
    expect(load.faults).toEqual([]);
    expect(load.unavailable()).toBeGreaterThan(0);
    expect(server.pid).toBe(pid);
    expect((await callOver(server.url, "GET /readyz")).status).toBe(200);

    // The change feed hears again: a cached answer follows a change.
    const feedMs = await followsChanges();
    console.info(`${name}: whole after ${recoveredMs} ms, ${load.unavailable()} of ${load.answered()} refused`);
    console.info(`${name}: a change is seen after ${feedMs} ms`);

    const mailed = async () => (await mailsTo(path.join(dataDir, "outbox"), host.email)).length;
    const before = await mailed();
    const { token } = host;
    const ordered = await callOver(server.url, "POST /v1/auth/password/reset", { json: { email: host.email }, token });
    expect(ordered.status).toBe(204);
    await expect.poll(mailed, { timeout: recoversWithinMs }).toBe(before + 1);
  });
});

/** @returns milliseconds from a change's acknowledgement until the public profile, cached before, shows it. */
async function followsChanges(): Promise<number> {
  const shown = async () => at((await callOver(server.url, `GET /v1/users/${username}`)).json, "bio");
  await shown();
  await shown();
  const bio = randomUUID();
  const { status } = await callOver(server.url, "PUT /v1/users/me", { token: host.token, json: { bio } });
  expect(status).toBe(200);
  const begun = performance.now();
  // One second is the promise; the rest is for a busy machine.
  await expect.poll(shown, { timeout: 3_000, interval: 10 }).toBe(bio);
  return Math.round(performance.now() - begun);
}

it("SIGTERM ends the process while the database is away", async () => {
  const other = await processes.serve({ dataDir, env: { DATABASE_URL: postgres.url } });
  await postgres.stop();
  // Long enough for the pool, the feed and the worker to have noticed.
  await expect
    .poll(async () => (await callOver(other.url, "GET /readyz")).status, { timeout: recoversWithinMs })
    .toBe(503);
  await delay(1_000);
  const begun = performance.now();
  expect(await other.stop()).toEqual({ code: 0, signal: null });
  console.info(`SIGTERM without a database: gone after ${Math.round(performance.now() - begun)} ms`);
  postgres = await startEmbedded({ dataDir: databaseDir });
  await recovery();
});
