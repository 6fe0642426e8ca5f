import { createServer } from "node:net";
import { freshDatabase } from "@parley/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { callOver } from "../testing/over-http";
import { postmasterOf, processesIn, useProcesses } from "../testing/processes";

vi.setConfig({ testTimeout: 120_000 });

const processes = useProcesses();
let dataDir: string;

beforeEach(async () => {
  dataDir = await processes.dataDir();
});

describe("settings that cannot be right", () => {
  it.each([
    ["REST_PORT", { REST_PORT: "http" }],
    ["DATABASE_URL", { DATABASE_URL: "localhost" }],
    ["AUTH_SECRET", { AUTH_SECRET: "short" }],
    ["ADMIN_PASSWORD", { ADMIN_EMAIL: "admin@example.test" }],
    ["S3_BUCKET", { S3_ENDPOINT: "http://127.0.0.1:9" }],
  ])("%s is named, without a stack, and the process ends with 1", async (name, env) => {
    for (const command of [["main.js"], ["main.js", "worker"], ["rotate-keys.js"]]) {
      const launched = processes.launch({ dataDir, env, command });
      expect(await launched.exited).toEqual({ code: 1, signal: null });
      expect(launched.output()).toContain(name);
      expect(launched.output()).not.toMatch(/\n\s+at /);
    }
    expect(await processesIn(dataDir)).toEqual([]);
  });
});

describe("a start that fails", () => {
  it("because of the port says so, and leaves no PostgreSQL behind", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        const address = other.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    try {
      const launched = processes.launch({ dataDir, env: { REST_PORT: String(port) } });
      expect(await launched.exited).toEqual({ code: 1, signal: null });
      expect(launched.output()).toContain(`address already in use 127.0.0.1:${port}`);
      expect(await processesIn(dataDir)).toEqual([]);
    } finally {
      other.close();
    }
  });

  it("because of the secret says so, and leaves no PostgreSQL behind", async () => {
    await (await processes.serve({ dataDir, env: { AUTH_SECRET: "a".repeat(40) } })).stop();
    const launched = processes.launch({ dataDir, env: { AUTH_SECRET: "b".repeat(40) } });
    expect(await launched.exited).toEqual({ code: 1, signal: null });
    expect(launched.output()).toContain("AUTH_SECRET");
    expect(await postmasterOf(dataDir)).toBeNull();
    expect(await processesIn(dataDir)).toEqual([]);
    // With the right one all is as before.
    expect(await (await processes.serve({ dataDir, env: { AUTH_SECRET: "a".repeat(40) } })).stop()).toMatchObject({
      code: 0,
    });
  });

  it("because the database cannot be reached says so", async () => {
    const env = { DATABASE_URL: "postgresql://nobody@127.0.0.1:9/nothing" };
    const launched = processes.launch({ dataDir, env });
    expect(await launched.exited).toEqual({ code: 1, signal: null });
    expect(launched.output()).toContain("ECONNREFUSED");
  });
});

it("a signal in the midst of the first start ends it, and leaves no PostgreSQL behind", async () => {
  const launched = processes.launch({ dataDir });
  await processes.printed(launched, /applying database migrations/);
  expect(await postmasterOf(dataDir)).not.toBeNull();
  expect(await launched.stop()).toEqual({ code: 0, signal: null });
  expect(await processesIn(dataDir)).toEqual([]);
  await (await processes.serve({ dataDir })).stop();
});

it("says that it lives, and what it waits for, from the first moment on", async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const address = probe.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise((resolve) => probe.close(resolve));

  const launched = processes.launch({ dataDir, env: { REST_PORT: String(port) } });
  await processes.printed(launched, /creating the database/);
  const url = `http://127.0.0.1:${port}`;
  expect((await callOver(url, "GET /healthz")).status).toBe(200);
  const early = await callOver(url, "GET /readyz");
  expect(early.status).toBe(503);
  expect(early.json).toEqual({ status: "not_ready", reason: expect.any(String) });
  expect((await callOver(url, "GET /v1/users/me")).json).toMatchObject({ error: { code: "unavailable" } });
  await processes.printed(launched, /"the REST app serves/);
  const ready = await callOver(url, "GET /readyz");
  expect(ready.status).toBe(200);
  expect(ready.json).toEqual({ status: "ready", time_zone_database: expect.stringMatching(/^\d{4}[a-z]$/) });
  await launched.stop();
});

it("makes the administrator whom the settings name, and keeps them", async () => {
  const database = await freshDatabase();
  const admin = { email: "admin@example.test", password: "the administrator's own" };
  const env = { DATABASE_URL: database.url, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password };
  for (let start = 0; start < 2; start++) {
    const server = await processes.serve({ dataDir, env });
    const signedIn = await callOver(server.url, "POST /v1/auth/login", { json: admin });
    expect(signedIn.status, signedIn.body).toBe(200);
    const { user, access_token: token } = signedIn.json as { user: object; access_token: string };
    expect(user).toMatchObject({ email: admin.email, role: "admin", email_verified: true });
    const found = await callOver(server.url, "GET /v1/admin/users", { token });
    expect(found.json).toMatchObject({ data: [{ email: admin.email }], pagination: { total: 1 } });
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  }
  await database.close();
});
