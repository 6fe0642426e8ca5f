import { createAuth } from "@parley/auth";
import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWTHeaderParameters, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person, TestApp } from "../testing/app";
import { at, call, textAt } from "../testing/calls";
import { callOver } from "../testing/over-http";
import { type ServedApp, serveTestApp } from "../testing/served-app";

const authSecret = "a secret of this test, and of no other installation";
let served: ServedApp;
let test: TestApp;
let url: string;

beforeAll(async () => {
  served = await serveTestApp({ authSecret });
  ({ test, url } = served);
});
afterAll(() => served.close());

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
    const [jwk] = at((await callOver(url, "GET /.well-known/jwks.json")).json, "keys") as (Record<string, string> & {
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
