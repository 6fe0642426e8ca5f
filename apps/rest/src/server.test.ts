import { request } from "node:http";
import type { AppRouter } from "@parley/api";
import { createAuth } from "@parley/auth";
import { documentAddress } from "@parley/surface-kit";
import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { freshDatabase } from "@parley/testing";
import { chromium } from "@playwright/test";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  isNonJsonSerializable,
  splitLink,
  TRPCClientError,
} from "@trpc/client";
import type { inferRouterInputs } from "@trpc/server";
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWTHeaderParameters, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listener, listen } from "./listener/listener";
import { discoverSurfaces } from "./surfaces/discover";
import { type Person, startTestApp, type TestApp } from "./testing/app";
import { at, call, textAt } from "./testing/calls";
import { callOver } from "./testing/over-http";
import { pngOf } from "./testing/picture";
import { type DatabaseProxy, openProxy } from "./testing/proxy";

/** All that the app serves beside its surfaces, over a real port. */

const authSecret = "a secret of this test, and of no other installation";
let database: Awaited<ReturnType<typeof freshDatabase>>;
let proxy: DatabaseProxy;
let test: TestApp;
let listener: Listener;
let url: string;

beforeAll(async () => {
  database = await freshDatabase();
  proxy = await openProxy(database.url);
  test = await startTestApp({ databaseUrl: proxy.url, authSecret });
  listener = await listen({ host: "127.0.0.1", port: 0 });
  listener.serve(test.app.routing);
  url = `http://127.0.0.1:${listener.port}`;
});
afterAll(async () => {
  await listener.drain(1_000);
  await test.close();
  await proxy.close();
  await database.close();
});

const get = (path: string) => callOver(url, `GET ${path}`);

/** The path goes out as it is: clients resolve `..` before they ask. */
function getExactly(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: listener.port, path }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject).end();
  });
}

async function whileDatabaseIsAway(act: () => Promise<void>): Promise<void> {
  proxy.cut();
  try {
    await act();
  } finally {
    proxy.mend();
    await expect.poll(async () => (await get("/readyz")).status, { timeout: 10_000 }).toBe(200);
  }
}

describe("health", () => {
  it("tells that it is ready, and whose time zones it reckons with", async () => {
    const { status, json } = await get("/readyz");
    expect([status, json]).toEqual([200, { status: "ready", time_zone_database: process.versions.tz }]);
  });

  it("is alive but not ready while the database is away, and says why", async () => {
    await whileDatabaseIsAway(async () => {
      expect((await get("/healthz")).json).toEqual({ status: "alive" });
      const { status, json } = await get("/readyz");
      expect([status, json]).toEqual([503, { status: "not_ready", reason: "the database does not answer" }]);
    });
    expect((await get("/healthz")).status).toBe(200);
  });
});

describe("GET /metrics", () => {
  it("gives requests by route and status, latency, pool, jobs and the event loop", async () => {
    await get("/v1/users/nobody-at-all");
    await get("/v1/users/nobody-else");
    await get("/v1/nowhere/at-all");
    const { status, contentType, body } = await get("/metrics");
    expect(status).toBe(200);
    expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(body).toContain('parley_http_requests_total{method="GET",route="/v1/users/:username",status="404"} 2');
    expect(body).toContain('parley_http_request_seconds_count{route="/v1/users/:username"} 2');
    expect(body).toContain('parley_http_request_seconds_bucket{le="0.1",route="/v1/users/:username"}');
    for (const state of ["open", "idle", "waiting"]) {
      expect(body).toMatch(new RegExp(`^parley_database_connections\\{state="${state}"\\} \\d+$`, "m"));
    }
    expect(body).toMatch(/^parley_jobs\{state="\w+"\} \d+$/m);
    expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    // What callers make up is no label.
    expect(body).not.toContain("nobody-at-all");
    expect(body).not.toContain("nowhere");
  });

  it("goes on while the database is away", async () => {
    await whileDatabaseIsAway(async () => {
      const { status, body } = await get("/metrics");
      expect(status).toBe(200);
      expect(body).toContain("parley_http_requests_total");
      expect(body).not.toMatch(/^parley_jobs\{/m);
    });
  });
});

describe("GET /.well-known/jwks.json", () => {
  it("shows the public halves alone, for anyone to keep a while", async () => {
    const { status, json, headers } = await get("/.well-known/jwks.json");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "public, max-age=60",
      "access-control-allow-origin": "*",
    });
    const text = expect.any(String);
    expect(json).toEqual({ keys: [{ kty: "RSA", kid: text, use: "sig", alg: "RS256", n: text, e: "AQAB" }] });
  });

  it("shows both keys after a rotation, and tokens of either are good", async () => {
    const before = await test.person();
    const { kid } = await test.deps.auth.rotateSigningKey();
    const after = await test.person();
    const kids = (at((await get("/.well-known/jwks.json")).json, "keys") as { kid: string }[]).map((key) => key.kid);
    expect(kids).toHaveLength(2);
    expect(kids).toContain(kid);
    for (const { token } of [before, after])
      expect((await callOver(url, "GET /v1/users/me", { token })).status).toBe(200);
  });
});

describe("GET /docs", () => {
  it("is a page that may load from its own origin alone", async () => {
    const { status, contentType, body, headers } = await get("/docs/");
    expect([status, contentType]).toEqual([200, "text/html; charset=utf-8"]);
    const loaded = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address = ""]) => address);
    expect(loaded.length).toBeGreaterThan(0);
    for (const address of loaded) expect(new URL(address, `${url}/docs/`).origin).toBe(url);
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
    const documents = (await discoverSurfaces()).map(documentAddress);
    expect(documents).toContain("/api/user/openapi.json");
    for (const address of documents) {
      expect(body).toContain(address);
      expect((await get(address)).status).toBe(200);
    }
  });

  it("shows the surfaces in a browser, which asks no other host", { timeout: 60_000 }, async () => {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on("request", (sent) => asked.push(sent.url()));
      await page.goto(`${url}/docs/`);
      await page.getByText("Sign in with e-mail address and password").first().waitFor({ state: "attached" });
      const remote = asked.filter((address) => /^(https?|wss?):/.test(address) && new URL(address).origin !== url);
      expect(remote).toEqual([]);
      expect(asked).toContain(`${url}/v1/openapi.json`);
    } finally {
      await browser.close();
    }
  });

  it("shows each surface's document, as it is committed, with the address of this installation", async () => {
    const { json, headers } = await get("/v1/openapi.json");
    expect(json).toMatchObject({ openapi: "3.1.0", servers: [{ url: "http://localhost:4000" }] });
    const again = await callOver(url, "GET /v1/openapi.json", { headers: { "if-none-match": headers.etag ?? "" } });
    expect([again.status, again.body]).toEqual([304, ""]);
  });
});

describe("GET /objects", () => {
  const secret = "a document that nobody but administrators may see";
  beforeAll(async () => {
    await test.deps.objects.put("avatars/a.jpg", Buffer.from("a picture"), { contentType: "image/jpeg" });
    await test.deps.objects.put("private/age-verifications/x", Buffer.from(secret), { contentType: "text/plain" });
  });

  it("serves what is public, to be kept for good", async () => {
    const { status, body, headers } = await get("/objects/avatars/a.jpg");
    expect([status, body]).toEqual([200, "a picture"]);
    expect(headers).toMatchObject({
      "content-type": "image/jpeg",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
    });
  });

  it.each([
    "private/age-verifications/x",
    "%70rivate/age-verifications/x",
    "private%2fage-verifications%2fx",
    "/private/age-verifications/x",
    "./private/age-verifications/x",
    "avatars/../private/age-verifications/x",
    "avatars/..%2fprivate%2fage-verifications%2fx",
    "avatars%2f..%2fprivate%2fage-verifications%2fx",
    "avatars/%2e%2e/private/age-verifications/x",
    "avatars/%2e%2e%2fprivate/age-verifications/x",
    "avatars/..%5cprivate%5cage-verifications%5cx",
    "avatars/..%252fprivate%252fage-verifications%252fx",
    "avatars/....//private/age-verifications/x",
    "avatars/.././../private/age-verifications/x",
    "avatars/..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "../objects/private/age-verifications/x",
    "avatars/a.jpg%00",
    "avatars/%00",
    "avatars/",
    "avatars",
    "avatars/nobodys.jpg",
    `avatars/${"x".repeat(5_000)}`,
    "",
  ])("answers 404 to %s", async (path) => {
    const { status, body } = await getExactly(`/objects/${path}`);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({
      error: { code: "not_found", message: "There is nothing at this address", details: null },
    });
  });
});

describe("an address of nobody", () => {
  it.each([
    "GET /",
    "GET /nowhere",
    "POST /nowhere",
    "DELETE /healthz",
    "POST /metrics",
    "GET /v2/users",
    "GET /v1users",
  ])("answers 404 in the documented shape: %s", async (route) => {
    const { status, json, headers } = await callOver(url, route, route.startsWith("POST") ? { raw: "{" } : {});
    expect(status).toBe(404);
    expect(json).toEqual({
      error: { code: "not_found", message: "There is nothing at this address", details: null },
    });
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it("that cannot be decoded answers 400 in the documented shape", async () => {
    for (const path of ["/%", "/objects/%zz", "/trpc/%E0%A4%A"]) {
      const { status, body } = await getExactly(path);
      expect([status, at(JSON.parse(body), "error.code")]).toEqual([400, "validation_error"]);
    }
  });

  it("is refused to methods that nobody knows", async () => {
    for (const method of ["PROPFIND", "REPORT", "PURGE"]) {
      const { status, json } = await callOver(url, `${method} /v1/users/me`);
      expect(status).toBe(404);
      expect(at(json, "error.code")).toBe("not_found");
    }
  });
});

describe("/trpc", () => {
  type Inputs = inferRouterInputs<AppRouter>;

  function clientFor(token?: string) {
    const options = { url: `${url}/trpc`, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } };
    return createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ input }) => isNonJsonSerializable(input),
          true: httpLink(options),
          false: httpBatchLink(options),
        }),
      ],
    });
  }

  async function refusalOf(asking: Promise<unknown>) {
    const error: unknown = await asking.then(
      () => null,
      (refusal: unknown) => refusal,
    );
    if (!(error instanceof TRPCClientError)) throw new Error("it was not refused", { cause: error });
    const typed: TRPCClientError<AppRouter> = error;
    return { message: typed.message, data: typed.data };
  }

  let jane: Person;
  beforeAll(async () => {
    jane = await test.person({ role: "host", displayName: "Jane Smith", isAvailable: true });
  });

  it("answers typed calls with a bearer token, many in one request", async () => {
    const client = clientFor(jane.token);
    const [me, hosts] = await Promise.all([client.profile.me.query(), client.directory.search.query({ q: "jane" })]);
    expect(me.displayName.toUpperCase()).toBe("JANE SMITH");
    expect(me.id).toBe(jane.id);
    expect(hosts.items.map(({ id }) => id)).toContain(jane.id);
    expect(await client.hostOnboarding.setRate.mutate({ ratePerMinuteCents: 300 })).toEqual({
      ratePerMinuteCents: 300,
    });
  });

  it("names the refusal, and its fields, in the failure of the error's data", async () => {
    const client = clientFor(jane.token);
    expect(await refusalOf(client.profile.update.mutate({ displayName: "" }))).toEqual({
      message: "Some fields are not valid",
      data: {
        code: "BAD_REQUEST",
        httpStatus: 400,
        path: "profile.update",
        failure: { code: "validation_error", details: { displayName: "must not be empty" } },
      },
    });
    const anonymous = await refusalOf(clientFor().profile.me.query());
    expect(anonymous.data).toMatchObject({ httpStatus: 401, failure: { code: "unauthorized", details: null } });
    const forbidden = await refusalOf(client.account.findUsers.query({}));
    expect(forbidden.data).toMatchObject({ httpStatus: 403, failure: { code: "forbidden" } });
    const conflict = await refusalOf(
      client.account.register.mutate({ email: jane.email, password: "correct horse battery" }),
    );
    expect(conflict.data).toMatchObject({ httpStatus: 409, failure: { code: "conflict" } });
  });

  it("refuses one call of a request without harm to the others", async () => {
    const client = clientFor(jane.token);
    const [me, refused] = await Promise.all([
      client.profile.me.query(),
      refusalOf(client.profile.publicByUsername.query({ username: "nobody-at-all" })),
    ]);
    expect(me.id).toBe(jane.id);
    expect(refused.data?.failure.code).toBe("not_found");
  });

  it("takes an avatar as a form", async () => {
    const form = new FormData();
    form.set("avatar", new File([new Uint8Array(pngOf([200, 30, 30]))], "a.png", { type: "image/png" }));
    // The form's parts are the input's members; only its type does not say so.
    const { avatarUrl } = await clientFor(jane.token).profile.replaceAvatar.mutate(
      form as unknown as Inputs["profile"]["replaceAvatar"],
    );
    const { pathname } = new URL(avatarUrl);
    const picture = await get(pathname);
    expect([picture.status, picture.contentType]).toEqual([200, "image/jpeg"]);
    expect([...picture.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect((await clientFor(jane.token).profile.me.query()).avatarUrl).toBe(avatarUrl);
  });

  it("refuses a form that is none, and keeps the avatar", async () => {
    const form = new FormData();
    form.set("avatar", new File(["<svg/>"], "a.png", { type: "image/png" }));
    const { token } = await test.person();
    const client = clientFor(token);
    const refused = await refusalOf(
      client.profile.replaceAvatar.mutate(form as unknown as Inputs["profile"]["replaceAvatar"]),
    );
    expect(refused.data).toMatchObject({ httpStatus: 400, failure: { code: "validation_error" } });
    expect(Object.keys(refused.data?.failure.details ?? {})).toEqual(["avatar"]);
    expect((await client.profile.me.query()).avatarUrl).toBeNull();
  });

  const json = { "content-type": "application/json" };
  it.each([
    { what: "an unknown procedure", route: "GET /trpc/no.such", options: {}, status: 404 },
    { what: "malformed JSON", route: "POST /trpc/account.signIn", options: { raw: "{", headers: json }, status: 400 },
    { what: "malformed input", route: "GET /trpc/directory.search?input={", options: {}, status: 400 },
    {
      what: "a batch of nonsense",
      route: "GET /trpc/directory.search,directory.search?batch=1&input=[",
      options: {},
      status: 400,
    },
    { what: "the wrong method", route: "GET /trpc/account.signIn", options: {}, status: 405 },
    {
      what: "another type",
      route: "POST /trpc/account.signIn",
      options: { raw: "{}", headers: { "content-type": "text/plain" } },
      status: 415,
    },
    {
      what: "a type that nobody reads",
      route: "POST /trpc/account.signIn",
      options: { raw: "<a/>", headers: { "content-type": "text/xml" } },
      status: 415,
    },
    {
      what: "a body too large",
      route: "POST /trpc/account.signIn",
      options: { json: { email: "x".repeat(2 ** 21) } },
      status: 400,
    },
    { what: "a body that is no object", route: "POST /trpc/account.signIn", options: { json: [1] }, status: 400 },
    {
      what: "prototype keys",
      route: "POST /trpc/account.signIn",
      options: { raw: '{"__proto__":{"email":"a"}}', headers: json },
      status: 400,
    },
  ])("tells nothing of the inside to $what", async ({ route, options, status }) => {
    const answer = await callOver(url, route, options);
    expect(answer.status, answer.body).toBe(status);
    expect(answer.body).not.toMatch(/stack|node_modules|\.ts\b|FST_|Something went wrong/);
  });

  it("answers 503 while the database is away, to callers with and without a token", async () => {
    await whileDatabaseIsAway(async () => {
      const unavailable = {
        httpStatus: 503,
        code: "SERVICE_UNAVAILABLE",
        failure: { code: "unavailable", details: null },
      };
      expect((await refusalOf(clientFor().directory.search.query({}))).data).toMatchObject(unavailable);
      expect((await refusalOf(clientFor(jane.token).profile.me.query())).data).toMatchObject(unavailable);
      const raw = await callOver(url, "GET /trpc/profile.me", { token: jane.token });
      expect([raw.status, at(raw.json, "error.message")]).toEqual([
        503,
        "The service is not available right now; try again shortly",
      ]);
    });
  });
});

describe("an access token", () => {
  let jane: Person;
  let claims: Record<string, unknown>;
  let kid: string;
  beforeAll(async () => {
    jane = await test.person();
    const [header = "", payload = ""] = jane.token.split(".").map((part) => Buffer.from(part, "base64url").toString());
    kid = textAt(JSON.parse(header), "kid");
    claims = JSON.parse(payload);
  });

  async function expectRefused(token: string): Promise<void> {
    for (const route of ["GET /v1/users/me", "PUT /v1/users/me", "POST /v1/users/me/devices"]) {
      const answer = await callOver(url, route, { token, ...(route.startsWith("GET") ? {} : { json: {} }) });
      expect(answer.status, token).toBe(401);
      expect(answer.headers["www-authenticate"]).toBe('Bearer error="invalid_token"');
      expect(answer.json).toEqual({
        error: { code: "unauthorized", message: "A valid access token is needed", details: null },
      });
    }
    const typed = await callOver(url, "GET /trpc/profile.me", { token });
    expect([typed.status, at(typed.json, "error.data.failure.code")]).toEqual([401, "unauthorized"]);
  }

  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  /** Signed with this installation's own key, but by one that believes otherwise. */
  async function issuedAs(changes: Partial<Parameters<typeof createAuth>[0]>): Promise<string> {
    const { pool, changes: feed } = test.deps.database;
    const issuer = "http://localhost:4000";
    const auth = createAuth({ pool, changes: feed, secret: authSecret, issuer, audience: "parley", ...changes });
    await auth.start();
    const { token } = await auth.issueAccessToken({
      userId: jane.id,
      email: jane.email,
      role: "user",
      sessionId: jane.sessionId,
    });
    auth.close();
    return token;
  }

  it("has the documented header and claims, for a quarter of an hour", () => {
    const [header = ""] = jane.token.split(".");
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({ alg: "RS256", kid, typ: "JWT" });
    expect(claims).toEqual({
      sub: ulidFromUuid(jane.id),
      sid: ulidFromUuid(jane.sessionId),
      email: jane.email,
      role: "user",
      iss: "http://localhost:4000",
      aud: "parley",
      iat: expect.any(Number),
      exp: Number(claims.iat) + 900,
    });
  });

  it("is good where it is whole, under the scheme in any case", async () => {
    expect((await callOver(url, "GET /v1/users/me", { token: jane.token })).status).toBe(200);
    for (const scheme of ["bearer", "BEARER"]) {
      const headers = { authorization: `${scheme} ${jane.token}` };
      expect((await callOver(url, "GET /v1/users/me", { headers })).status).toBe(200);
    }
    expect((await callOver(url, "GET /v1/users/me", { token: await issuedAs({}) })).status).toBe(200);
  });

  it.each(["none", "None", "NONE", "nOnE"])("is refused with the algorithm %s", async (alg) => {
    const [, payload = "", signature = ""] = jane.token.split(".");
    for (const end of ["", signature]) await expectRefused(`${encoded({ alg, typ: "JWT", kid })}.${payload}.${end}`);
  });

  it("is refused where the public key served as a secret", async () => {
    const [jwk] = at((await get("/.well-known/jwks.json")).json, "keys") as (Record<string, string> & {
      kid: string;
    })[];
    const publicKey = await importJWK({ ...jwk }, "RS256", { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error("the key is no RSA key");
    const pem = await exportSPKI(publicKey);
    for (const secret of [pem, pem.trim(), jwk?.n ?? "", JSON.stringify(jwk)]) {
      const header = { alg: "HS256", typ: "JWT", kid: jwk?.kid ?? "" };
      await expectRefused(await new SignJWT(claims).setProtectedHeader(header).sign(Buffer.from(secret)));
    }
  });

  it("is refused with the signature of any other key, whatever its header claims", async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const jwk = { kty: "RSA", ...(await exportJWK(publicKey)) };
    const headers: JWTHeaderParameters[] = [
      { alg: "RS256", typ: "JWT", kid },
      { alg: "RS256", typ: "JWT", kid: "unknown" },
      { alg: "RS256", typ: "JWT" },
      { alg: "RS256", typ: "JWT", kid: "../../../../dev/null" },
      { alg: "RS256", typ: "JWT", kid: "' OR 1=1 --" },
      { alg: "RS256", typ: "JWT", kid: "a\u0000b" },
      { alg: "RS256", typ: "JWT", kid, jwk },
      { alg: "RS256", typ: "JWT", kid, jku: "http://127.0.0.1:9/jwks.json", x5u: "http://127.0.0.1:9/x5u" },
      { alg: "PS256", typ: "JWT", kid },
    ];
    for (const header of headers) {
      const key = header.alg === "RS256" ? privateKey : (await generateKeyPair("PS256")).privateKey;
      await expectRefused(await new SignJWT(claims).setProtectedHeader(header).sign(key));
    }
  });

  it("is refused with a header or claims that were altered", async () => {
    const [header = "", payload = "", signature = ""] = jane.token.split(".");
    const admin = encoded({ ...claims, role: "admin" });
    const other = encoded({ ...claims, sub: ulidFromUuid((await test.person()).id) });
    const critical = encoded({ alg: "RS256", typ: "JWT", kid, crit: ["exp"] });
    for (const token of [
      ...[`${header}.${admin}.${signature}`, `${header}.${other}.${signature}`, `${critical}.${payload}.${signature}`],
      ...[`${header}.${payload}.`, `${header}.${payload}`, `${header}..${signature}`, "..", "x", `${jane.token}x`],
      ...[`${header}.${payload}.${signature}.${signature}`, "x".repeat(10_000)],
    ]) {
      await expectRefused(token);
    }
  });

  it("is refused from another issuer, for another audience, before its time and after it", async () => {
    await expectRefused(await issuedAs({ issuer: "http://localhost:4001" }));
    await expectRefused(await issuedAs({ audience: "another" }));
    await expectRefused(await issuedAs({ now: () => new Date(Date.now() - 16 * 60_000) }));
    await expectRefused(await issuedAs({ accessTokenSeconds: -60 }));
  });

  it("is refused within a second of its session's end, and of its owner's", async () => {
    const { pool } = test.deps.database;
    const ends: [string, (person: Person) => string][] = [
      ["UPDATE sessions SET ended_at = now() WHERE id = $1", ({ sessionId }) => sessionId],
      ["DELETE FROM sessions WHERE id = $1", ({ sessionId }) => sessionId],
      ["UPDATE users SET deleted_at = now() WHERE id = $1", ({ id }) => id],
    ];
    for (const [end, key] of ends) {
      const person = await test.person();
      const ask = () => callOver(url, "GET /v1/users/me", { token: person.token });
      expect((await ask()).status).toBe(200);
      await pool.query(end, [key(person)]);
      // A profile that is gone answers 401 in words of its own, even before the token is known to be worth nothing.
      const message = async () => at((await ask()).json, "error.message");
      await expect.poll(message, { timeout: 1_000, interval: 20 }).toBe("A valid access token is needed");
      await expectRefused(person.token);
    }
  });

  it("of a session that has run out is refused", async () => {
    const person = await test.person();
    await test.deps.database.pool.query("UPDATE sessions SET expires_at = now() WHERE id = $1", [person.sessionId]);
    await expectRefused(person.token);
  });

  it("does not decide what somebody may do: the database does", async () => {
    const host = await test.person({ role: "host" });
    await test.deps.database.pool.query("UPDATE users SET role = 'verified_user', is_available = false WHERE id = $1", [
      host.id,
    ]);
    const status = async () =>
      (await call(test.app, "PUT /v1/users/me/rate", { token: host.token, json: { rate_per_minute: "1.00" } })).status;
    await expect.poll(status, { timeout: 1_000, interval: 20 }).toBe(403);
  });
});
