import { request } from "node:http";
import { documentAddress } from "@parley/surface-kit";
import { chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discoverSurfaces } from "./surfaces/discover";
import type { TestApp } from "./testing/app";
import { at } from "./testing/calls";
import { callOver } from "./testing/over-http";
import { type ServedApp, serveTestApp } from "./testing/served-app";

/** What the app serves beside its surfaces, over a real port; its procedures and tokens have tests of their own. */

let served: ServedApp;
let test: TestApp;
let url: string;

beforeAll(async () => {
  served = await serveTestApp();
  ({ test, url } = served);
});
afterAll(() => served.close());

const get = (path: string) => callOver(url, `GET ${path}`);

/** The path goes out as it is: clients resolve `..` before they ask. */
function getExactly(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: new URL(url).port, path }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject).end();
  });
}

describe("health", () => {
  it("tells that it is ready, and whose time zones it reckons with", async () => {
    const { status, json } = await get("/readyz");
    expect([status, json]).toEqual([200, { status: "ready", time_zone_database: process.versions.tz }]);
  });

  it("is alive but not ready while the database is away, and says why", async () => {
    await served.whileDatabaseIsAway(async () => {
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
    await served.whileDatabaseIsAway(async () => {
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
