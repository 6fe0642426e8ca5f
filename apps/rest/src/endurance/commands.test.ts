import path from "node:path";
import { freshDatabase } from "@parley/testing";
import { mailsTo } from "@parley/testing/outbox";
import { decodeProtectedHeader } from "jose";
import { expect, it, vi } from "vitest";
import { at, textAt } from "../testing/calls";
import { password, register, sql } from "../testing/members";
import { callOver } from "../testing/over-http";
import { postmasterOf, processesIn, useProcesses } from "../testing/processes";

vi.setConfig({ testTimeout: 120_000 });

const processes = useProcesses();

it("rotate-keys.js makes a new key for a running server, while tokens of the old one stay good", async () => {
  const database = await freshDatabase();
  const dataDir = await processes.dataDir();
  const env = { DATABASE_URL: database.url };
  const server = await processes.serve({ dataDir, env });
  const { token, email } = await register(server.url);
  const kidOf = (jwt: string) => decodeProtectedHeader(jwt).kid;

  const command = processes.launch({ dataDir, env, command: ["rotate-keys.js"] });
  expect(await command.exited).toEqual({ code: 0, signal: null });
  const [, kid] = /signed by key (\S+) from now on/.exec(command.output()) ?? [];
  expect(kid).toBeDefined();
  expect(kid).not.toBe(kidOf(token));

  const signIn = async () => {
    const { json } = await callOver(server.url, "POST /v1/auth/login", { json: { email, password } });
    return textAt(json, "access_token");
  };
  const begun = performance.now();
  // One second is the promise; the rest is for a busy machine.
  await expect.poll(async () => kidOf(await signIn()), { timeout: 3_000, interval: 10 }).toBe(kid);
  console.info(`a new key signs after ${Math.round(performance.now() - begun)} ms`);

  for (const good of [token, await signIn()]) {
    expect((await callOver(server.url, "GET /v1/users/me", { token: good })).status).toBe(200);
  }
  const { json } = await callOver(server.url, "GET /.well-known/jwks.json");
  const keys = at(json, "keys") as { kid: string }[];
  expect(keys.map((key) => key.kid).sort()).toEqual([kid, kidOf(token)].sort());
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  await server.stop();
  await database.close();
});

it("WORKER=off sends no mail; `main.js worker` does, and shares the embedded PostgreSQL", async () => {
  const dataDir = await processes.dataDir();
  const server = await processes.serve({ dataDir, env: { WORKER: "off" } });
  const { email } = await register(server.url);
  const mails = () => mailsTo(path.join(dataDir, "outbox"), email);
  expect(await mails()).toEqual([]);
  expect(server.output()).not.toContain("the worker runs");

  const postmaster = await postmasterOf(dataDir);
  const worker = processes.launch({ dataDir, command: ["main.js", "worker"] });
  await processes.printed(worker, /"the worker runs"/);
  expect(await postmasterOf(dataDir)).toBe(postmaster);
  await expect.poll(mails, { timeout: 60_000 }).toHaveLength(1);

  // Whoever leaves last shuts PostgreSQL down.
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(await postmasterOf(dataDir)).toBe(postmaster);
  expect(await worker.stop()).toEqual({ code: 0, signal: null });
  expect(await processesIn(dataDir)).toEqual([]);
});

it("WORKER=off leaves the job where another process finds it", async () => {
  const database = await freshDatabase();
  const dataDir = await processes.dataDir();
  const server = await processes.serve({ dataDir, env: { DATABASE_URL: database.url, WORKER: "off" } });
  await register(server.url);
  expect(await sql(database.url, "SELECT task_identifier, attempts FROM graphile_worker.jobs")).toEqual([
    { task_identifier: "account.sendVerificationMail", attempts: 0 },
  ]);
  await server.stop();
  await database.close();
});
