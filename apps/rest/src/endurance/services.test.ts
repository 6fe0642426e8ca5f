import { type FreshDatabase, freshDatabase } from "@parley/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { at, textAt } from "../testing/calls";
import { type Member, password, register, uploadAvatar } from "../testing/members";
import { callOver } from "../testing/over-http";
import { pngOf } from "../testing/picture";
import { type ServerProcess, useProcesses } from "../testing/processes";
import {
  type Bucket,
  type MailServer,
  type Service,
  startBucket,
  startMailServer,
  startRedis,
} from "../testing/services";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const patience = { timeout: 60_000 };
const admin = { email: "admin@example.test", password: "the administrator's own" };
const processes = useProcesses();
let database: FreshDatabase;
let bucket: Bucket;
let mail: MailServer;
let server: ServerProcess;

beforeAll(async () => {
  database = await freshDatabase();
  bucket = await startBucket();
  mail = await startMailServer();
  const env = {
    DATABASE_URL: database.url,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    ...bucket.env,
    ...mail.env,
  };
  server = await processes.serve({ dataDir: await processes.dataDir(), env });
});

afterAll(async () => {
  await server.stop();
  await mail.close();
  await bucket.close();
  await database.close();
});

describe("S3_ENDPOINT", () => {
  it("takes avatars; one that is replaced is deleted by the worker", async () => {
    const member = await register(server.url);
    const first = await uploadAvatar(server.url, member, [200, 40, 40]);
    const picture = await fetch(first);
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect(Buffer.from(await picture.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));

    const second = await uploadAvatar(server.url, member, [40, 60, 200]);
    expect(second).not.toBe(first);
    const keyOf = (address: string) => new URL(address).pathname.replace("/objects/", "");
    const folder = keyOf(first).replace(/[^/]+$/, "");
    await expect.poll(() => bucket.keys(folder), patience).toEqual([keyOf(second)]);
    expect((await fetch(second)).status).toBe(200);
  });

  it.each(["approve", "reject"])("keeps documents under private/ until somebody decides to %s", async (decision) => {
    const member = await register(server.url);
    const before = await bucket.keys("private/");
    const form = [
      { name: "birth_date", value: "1990-04-01" },
      { name: "document", fileName: "id.png", type: "image/png", bytes: pngOf([0, 0, 0]) },
    ];
    const submitted = await callOver(server.url, "POST /v1/users/me/age-verification", { token: member.token, form });
    expect(submitted.status, submitted.body).toBe(202);
    const kept = (await bucket.keys("private/")).filter((key) => !before.includes(key));
    expect(kept).toHaveLength(1);
    // The REST app shows it to nobody.
    expect((await callOver(server.url, `GET /objects/${kept[0]}`)).status).toBe(404);

    const signedIn = await callOver(server.url, "POST /v1/auth/login", { json: admin });
    const token = textAt(signedIn.json, "access_token");
    const list = await callOver(server.url, "GET /v1/admin/age-verifications?status=pending", { token });
    const id = textAt(list.json, "data.0.id");
    const document = await callOver(server.url, `GET /v1/admin/age-verifications/${id}/document`, { token });
    expect(document.bytes).toEqual(pngOf([0, 0, 0]));

    const decided = await callOver(server.url, `POST /v1/admin/age-verifications/${id}/${decision}`, {
      token,
      ...(decision === "reject" && { json: { reason: "The picture is too dark" } }),
    });
    expect(decided.status, decided.body).toBe(200);
    await expect.poll(() => bucket.keys("private/"), patience).toEqual(before);
  });
});

describe("SMTP_URL", () => {
  it("brings the mail of a registration, with a link that works", async () => {
    const member = await register(server.url);
    const mailTo = ({ email }: Member) => mail.received.find(({ to }) => to?.[0]?.address === email);
    await expect.poll(() => mailTo(member), patience).toBeDefined();
    const link = /http:\/\/www\.parley\.test\/\S+/.exec(mailTo(member)?.text ?? "")?.[0] ?? "";
    const token = new URL(link).searchParams.get("token");
    const verified = await callOver(server.url, "POST /v1/auth/verify-email", { json: { token } });
    expect(verified.status, verified.body).toBe(200);
    expect(at(verified.json, "user")).toMatchObject({ email: member.email, role: "verified_user" });
  });
});

describe("REDIS_URL", () => {
  let redis: Service;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  it("makes two processes count sign-ins together", async () => {
    const env = { DATABASE_URL: database.url, AUTH_SECRET: "s".repeat(40), RATE_LIMIT: "on", ...redis.env };
    // Keys that were sealed with the first server's secret would stop these: they have a database of their own.
    const own = await freshDatabase();
    const [one, other] = await Promise.all([
      processes.serve({ dataDir: await processes.dataDir(), env: { ...env, DATABASE_URL: own.url } }),
      processes.serve({ dataDir: await processes.dataDir(), env: { ...env, DATABASE_URL: own.url } }),
    ]);
    const statuses: number[] = [];
    const left: unknown[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      const { url } = attempt % 2 === 0 ? one : other;
      const json = { email: "nobody@example.test", password };
      const answer = await callOver(url, "POST /v1/auth/login", { json });
      statuses.push(answer.status);
      left.push(answer.headers["x-ratelimit-remaining"]);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(left).toEqual(["4", "3", "2", "1", "0", "0", "0"]);
    await Promise.all([one.stop(), other.stop()]);
    await own.close();
  });
});
