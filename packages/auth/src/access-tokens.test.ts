import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { decodeJwt, decodeProtectedHeader, exportSPKI } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type AccessTokens, createAccessTokens } from "./access-tokens";
import { createSealer } from "./sealer";
import { createSigningKeys, type SigningKeys } from "./signing-keys";

const issuer = "https://api.example.test";
const audience = "parley";
const userId = "019aa4c2-1b2c-7def-8123-456789abcdef";
const sessionId = "019aa4c2-1b2c-7def-8123-fedcba987654";
const sub = "01KAJC46SCFQQR28T5CY4TQKFF";
const sid = "01KAJC46SCFQQR28ZYVJX9GXJM";
const subject = { userId, sessionId, email: "jane@example.test", role: "host" } as const;

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: ReturnType<typeof openDatabase>;
let keys: SigningKeys;
let tokens: AccessTokens;
let now: Date;
let kid: string;
let privateKey: KeyObject;
let publicPem: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  await database.changes.start();
  const sealer = createSealer("a test's secret", "signing keys");
  const { pool, changes } = database;
  keys = createSigningKeys({ pool, changes, sealer, retireAfterMs: 965_000, now: () => now });
  now = new Date();
  await keys.start();
  const { rows } = await pool.query("SELECT kid, sealed_private_key FROM signing_keys");
  kid = rows[0].kid;
  privateKey = createPrivateKey({ key: JSON.parse(sealer.open(rows[0].sealed_private_key)), format: "jwk" });
  const publicKey = await keys.verifier(kid);
  if (publicKey === null) throw new Error("the key that was just made does not verify");
  publicPem = await exportSPKI(publicKey);
});
afterAll(async () => {
  keys.close();
  await database.close();
  await fresh.close();
});
beforeEach(() => {
  now = new Date();
  tokens = createAccessTokens({ keys, issuer, audience, lifetimeSeconds: 900, now: () => now });
});

const seconds = () => Math.floor(now.getTime() / 1_000);
const goodHeader = () => ({ alg: "RS256", kid, typ: "JWT" });
const goodClaims = () => ({
  ...{ sub, sid, email: "jane@example.test", role: "host" },
  ...{ iss: issuer, aud: audience, iat: seconds(), exp: seconds() + 900 },
});
const encode = (part: object | string) =>
  Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");

/** A token made by hand, so that it can be wrong in one thing and right in all others. */
function forge(header: object | string, claims: object | string, key: KeyObject = privateKey, hash = "sha256"): string {
  const content = `${encode(header)}.${encode(claims)}`;
  return `${content}.${sign(hash, Buffer.from(content), key).toString("base64url")}`;
}

function without<T extends object>(object: T, member: keyof T): Partial<T> {
  const { [member]: _, ...rest } = object;
  return rest as Partial<T>;
}

describe("an issued token", () => {
  test("carries the documented header and claims, and verifies", async () => {
    const { token, expiresInSeconds } = await tokens.issue(subject);
    expect(expiresInSeconds).toBe(900);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", kid, typ: "JWT" });
    expect(decodeJwt(token)).toEqual(goodClaims());
    expect(await tokens.verify(token)).toEqual({ userId, sessionId });
  });

  test("is refused 5 seconds after it expired, though it was verified before", async () => {
    const { token } = await tokens.issue(subject);
    const expiry = (seconds() + 900) * 1_000;
    for (const [at, isGood] of [
      [expiry - 1, true],
      [expiry + 4_999, true],
      [expiry + 5_000, false],
    ] as const) {
      now = new Date(at);
      const other = createAccessTokens({ keys, issuer, audience, lifetimeSeconds: 900, now: () => now });
      expect((await tokens.verify(token)) !== null, `hot, ${at - expiry} ms`).toBe(isGood);
      expect((await other.verify(token)) !== null, `cold, ${at - expiry} ms`).toBe(isGood);
    }
  });

  test("has its signature checked once", async () => {
    const { token } = await tokens.issue(subject);
    const check = vi.spyOn(crypto.subtle, "verify");
    try {
      for (let i = 0; i < 10; i++) expect(await tokens.verify(token)).toEqual({ userId, sessionId });
      expect(check).toHaveBeenCalledTimes(1);
    } finally {
      check.mockRestore();
    }
  });

  test("is refused when its key is withdrawn, though it was verified before", async () => {
    let isTrusted = true;
    const verifier = async (id: string) => (isTrusted ? keys.verifier(id) : null);
    const { signer } = keys;
    const own = createAccessTokens({
      keys: { signer, verifier },
      issuer,
      audience,
      lifetimeSeconds: 900,
      now: () => now,
    });
    const { token } = await own.issue(subject);
    expect(await own.verify(token)).not.toBeNull();
    isTrusted = false;
    expect(await own.verify(token)).toBeNull();
  });

  test("does not verify after a change of any of its characters", async () => {
    const { token } = await tokens.issue(subject);
    await tokens.verify(token);
    // The last character of a signature holds 4 bits that no byte takes; the one before is wholly used.
    for (let at = 0; at < token.length - 1; at += 3) {
      const other = token[at] === "A" ? "B" : "A";
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(await tokens.verify(changed), `character ${at}`).toBeNull();
    }
  });
});

describe("a token made by hand", () => {
  test("verifies when nothing is wrong with it (or the refusals below would prove nothing)", async () => {
    expect(await tokens.verify(forge(goodHeader(), goodClaims()))).toEqual({ userId, sessionId });
    expect(await tokens.verify(forge(goodHeader(), { ...goodClaims(), nbf: seconds() }))).not.toBeNull();
  });

  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const hmac = (content: string, secret: string) => createHmac("sha256", secret).update(content).digest("base64url");
  const unsigned = (alg: string) => `${encode({ ...goodHeader(), alg })}.${encode(goodClaims())}.`;
  const withPublicKey = (secret: string) => {
    const content = `${encode({ ...goodHeader(), alg: "HS256" })}.${encode(goodClaims())}`;
    return `${content}.${hmac(content, secret)}`;
  };
  const tampered = () => {
    const [header, , signature] = forge(goodHeader(), goodClaims()).split(".");
    return `${header}.${encode({ ...goodClaims(), sub: sid })}.${signature}`;
  };
  const strangersJwk = () => ({ ...goodHeader(), jwk: { kty: "RSA", ...stranger.export({ format: "jwk" }) } });

  const wrong: [string, () => string][] = [
    ["alg none", () => unsigned("none")],
    ["alg nOnE", () => unsigned("nOnE")],
    ["RS256 without a signature", () => unsigned("RS256")],
    ["HS256 under the public key's PEM", () => withPublicKey(publicPem)],
    ["HS256 under the public key's PEM with a last newline", () => withPublicKey(`${publicPem.trimEnd()}\n`)],
    ["HS256 under the public key's n", () => withPublicKey(keys.jwks().keys[0]?.n ?? "")],
    ["RS512 with the right key", () => forge({ ...goodHeader(), alg: "RS512" }, goodClaims(), privateKey, "sha512")],
    ["RS256 in the header, SHA-512 in the signature", () => forge(goodHeader(), goodClaims(), privateKey, "sha512")],
    ["another key under a known kid", () => forge(goodHeader(), goodClaims(), stranger)],
    ["another key that it brings along", () => forge(strangersJwk(), goodClaims(), stranger)],
    ["an unknown kid", () => forge({ ...goodHeader(), kid: "unknown" }, goodClaims())],
    ["a kid of Object's prototype", () => forge({ ...goodHeader(), kid: "__proto__" }, goodClaims())],
    ["a kid that is no text", () => forge({ ...goodHeader(), kid: [kid] }, goodClaims())],
    ["no kid", () => forge(without(goodHeader(), "kid"), goodClaims())],
    ["another typ", () => forge({ ...goodHeader(), typ: "refresh+jwt" }, goodClaims())],
    ["no typ", () => forge(without(goodHeader(), "typ"), goodClaims())],
    ["crit", () => forge({ ...goodHeader(), crit: ["exp"], exp: 1 }, goodClaims())],
    [
      "crit of an extension that libraries know",
      () => forge({ ...goodHeader(), crit: ["b64"], b64: true }, goodClaims()),
    ],
    ["an empty crit", () => forge({ ...goodHeader(), crit: [] }, goodClaims())],
    ["another iss", () => forge(goodHeader(), { ...goodClaims(), iss: "https://evil.example.test" })],
    ["an iss with one more slash", () => forge(goodHeader(), { ...goodClaims(), iss: `${issuer}/` })],
    ["no iss", () => forge(goodHeader(), without(goodClaims(), "iss"))],
    ["another aud", () => forge(goodHeader(), { ...goodClaims(), aud: "other" })],
    ["no aud", () => forge(goodHeader(), without(goodClaims(), "aud"))],
    ["exp in the past, beyond the skew", () => forge(goodHeader(), { ...goodClaims(), exp: seconds() - 5 })],
    ["no exp", () => forge(goodHeader(), without(goodClaims(), "exp"))],
    ["exp as text", () => forge(goodHeader(), { ...goodClaims(), exp: String(seconds() + 900) })],
    ["exp null", () => forge(goodHeader(), { ...goodClaims(), exp: null })],
    ["nbf in the future, beyond the skew", () => forge(goodHeader(), { ...goodClaims(), nbf: seconds() + 6 })],
    ["no iat", () => forge(goodHeader(), without(goodClaims(), "iat"))],
    ["no sub", () => forge(goodHeader(), without(goodClaims(), "sub"))],
    ["no sid", () => forge(goodHeader(), without(goodClaims(), "sid"))],
    ["a sub that is no ULID", () => forge(goodHeader(), { ...goodClaims(), sub: userId })],
    ["a sid that is no ULID", () => forge(goodHeader(), { ...goodClaims(), sid: "01KAJC46SCFQQR28T5CY4TQKF'" })],
    ["a sub that is no text", () => forge(goodHeader(), { ...goodClaims(), sub: { toString: sub } })],
    ["a payload that was changed", tampered],
    ["a payload that is no JSON", () => forge(goodHeader(), "{")],
    ["a payload that is no object", () => forge(goodHeader(), "[]")],
    ["a payload that is null", () => forge(goodHeader(), "null")],
    ["a header that is no JSON", () => forge("{", goodClaims())],
    ["a header that is null", () => forge("null", goodClaims())],
    ["four parts", () => `${forge(goodHeader(), goodClaims())}.x`],
    ["two parts", () => forge(goodHeader(), goodClaims()).split(".").slice(0, 2).join(".")],
    ["more than 4096 characters", () => forge(goodHeader(), { ...goodClaims(), padding: "x".repeat(4_096) })],
    ["nothing", () => ""],
    ["dots alone", () => ".."],
    ["characters that base64url has not", () => `${forge(goodHeader(), goodClaims())}é\0`],
  ];

  test.each(wrong)("is refused for %s, each time", async (_reason, make) => {
    const token = make();
    expect(await tokens.verify(token)).toBeNull();
    expect(await tokens.verify(token)).toBeNull();
  });
});

test("a failure to load keys is no verdict on the token", async () => {
  const verifier = () => Promise.reject(new Error("the database is away"));
  const { signer } = keys;
  const blind = createAccessTokens({
    keys: { signer, verifier },
    issuer,
    audience,
    lifetimeSeconds: 900,
    now: () => now,
  });
  await expect(blind.verify(forge(goodHeader(), goodClaims()))).rejects.toThrow("the database is away");
});
