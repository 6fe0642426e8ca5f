import { randomUUID } from "node:crypto";
import { type FreshDatabase, freshDatabase } from "@parley/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { at } from "../testing/calls";
import { makeHost, register, sql } from "../testing/members";
import { callOver } from "../testing/over-http";
import { type ServerProcess, useProcesses } from "../testing/processes";
import { type MailServer, startMailServer } from "../testing/services";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const processes = useProcesses();
let database: FreshDatabase;
let mail: MailServer;
let one: ServerProcess;
let other: ServerProcess;

beforeAll(async () => {
  database = await freshDatabase();
  mail = await startMailServer();
  const env = { DATABASE_URL: database.url, AUTH_SECRET: "s".repeat(40), ...mail.env };
  const dataDirs = [await processes.dataDir(), await processes.dataDir()] as const;
  // At once, so that they race for the first signing key.
  [one, other] = await Promise.all([
    processes.serve({ dataDir: dataDirs[0], env }),
    processes.serve({ dataDir: dataDirs[1], env }),
  ]);
});

afterAll(async () => {
  await Promise.all([one.stop(), other.stop()]);
  await mail.close();
  await database.close();
});

/** One second is the promise; the rest is for a busy machine. */
const soon = { timeout: 3_000, interval: 10 };

it("have one signing key between them", async () => {
  const [ours, theirs] = await Promise.all(
    [one, other].map(async ({ url }) => (await callOver(url, "GET /.well-known/jwks.json")).json),
  );
  expect(ours).toEqual(theirs);
  expect(at(ours, "keys")).toHaveLength(1);
  const member = await register(one.url);
  expect((await callOver(other.url, "GET /v1/users/me", { token: member.token })).status).toBe(200);
});

it("a session that is ended at one is refused by the other within a second", async () => {
  const { token, refreshToken } = await register(one.url);
  const seenByOther = async () => (await callOver(other.url, "GET /v1/users/me", { token })).status;
  for (let call = 0; call < 3; call++) expect(await seenByOther()).toBe(200);
  const ended = await callOver(one.url, "POST /v1/auth/logout", { json: { refresh_token: refreshToken } });
  expect(ended.status).toBe(204);
  const begun = performance.now();
  await expect.poll(seenByOther, soon).toBe(401);
  console.info(`a revoked session is refused after ${Math.round(performance.now() - begun)} ms`);
});

it("a public profile that is changed at one is seen at the other within a second", async () => {
  const host = await register(one.url);
  const username = await makeHost(database.url, host);
  const seenByOther = async () => at((await callOver(other.url, `GET /v1/users/${username}`)).json, "bio");
  for (let round = 0; round < 5; round++) {
    await seenByOther();
    await seenByOther();
    const bio = randomUUID();
    const changed = await callOver(one.url, "PUT /v1/users/me", { token: host.token, json: { bio } });
    expect(changed.status).toBe(200);
    const begun = performance.now();
    await expect.poll(seenByOther, soon).toBe(bio);
    console.info(`a changed profile is seen after ${Math.round(performance.now() - begun)} ms`);
  }
});

it("send every mail once, whoever of them does", async () => {
  const members = await Promise.all(Array.from({ length: 20 }, (_, i) => register((i % 2 === 0 ? one : other).url)));
  // A job is deleted once it is done, so that nothing more is sent after this.
  const jobsLeft = () => sql(database.url, "SELECT id FROM graphile_worker.jobs");
  await expect.poll(jobsLeft, { timeout: 60_000 }).toEqual([]);
  const recipients = mail.received.map(({ to }) => to?.[0]?.address);
  for (const { email } of members) expect(recipients.filter((address) => address === email)).toEqual([email]);
});
