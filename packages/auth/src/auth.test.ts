import { hkdfSync, randomUUID } from "node:crypto";
import { openDatabase } from "@parley/db";
import { isUnavailable } from "@parley/db/errors";
import { createLocalJWKSet, decodeProtectedHeader, EncryptJWT, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { audience, authOn, issuer, openTwoProcesses, type TwoProcesses } from "../test/two-processes";
import type { Auth } from "./auth";

let processes: TwoProcesses;
let here: Auth;
let there: Auth;
let databaseHere: TwoProcesses["databaseHere"];
const signIn: TwoProcesses["signIn"] = (facts) => processes.signIn(facts);
const update: TwoProcesses["update"] = (statement, id) => processes.update(statement, id);

beforeAll(async () => {
  processes = await openTwoProcesses();
  ({ databaseHere, here, there } = processes);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => processes.close());

/** Waits until all changes so far have been heard here, also this process's own, such as its first key. */
async function settle(): Promise<void> {
  const heard = new Promise<string>((resolve) => databaseHere.changes.subscribe("test", resolve));
  await databaseHere.pool.query("SELECT pg_notify('parley_changes', 'test:settled')");
  await heard;
}

describe("a header", () => {
  test.each([[undefined], [""], ["Basic dXNlcjpwYXNz"], ["Digest x"], ["Bearerish x"], ["x Bearer y"]])(
    "without a bearer token is anonymous: %j",
    async (header) => {
      expect(await here.authenticate(header)).toEqual({ kind: "anonymous" });
    },
  );

  test.each([
    ["Bearer"],
    ["Bearer "],
    ["bearer x"],
    ["Bearer a.b.c"],
    ["Bearer ..."],
    ["Bearer é"],
    ["Bearer \0"],
    [`Bearer ${"x".repeat(100_000)}`],
    [`Bearer ${"a.".repeat(50_000)}`],
  ])("with a worthless bearer token is invalid (%#)", async (header) => {
    expect(await here.authenticate(header)).toEqual({ kind: "invalid" });
  });

  test("with a good token tells who calls, here and in the other process", async () => {
    const { userId, sessionId, header } = await signIn({ role: "host" });
    const authenticated = { kind: "authenticated", actor: { userId, sessionId, role: "host", scopes: ["*"] } };
    expect(await here.authenticate(header)).toEqual(authenticated);
    expect(await there.authenticate(header)).toEqual(authenticated);
  });

  test("may spell its scheme in any case, and be generous with spaces", async () => {
    const { token } = await signIn();
    for (const header of [`bearer ${token}`, `BEARER ${token}`, `Bearer   ${token} `]) {
      expect(await here.authenticate(header)).toMatchObject({ kind: "authenticated" });
    }
    expect(await here.authenticate(`Bearer ${token},${token}`)).toEqual({ kind: "invalid" });
    expect(await here.authenticate(token)).toEqual({ kind: "anonymous" });
  });
});

describe("an API token", () => {
  test("tells who calls in every process, and is worth nothing in any once it has ended", async () => {
    const { userId } = await signIn();
    const { token, hash } = here.createApiToken();
    expect(token).toMatch(/^il_tok_[\w-]{43}$/);
    const id = randomUUID();
    await databaseHere.pool.query(
      "INSERT INTO api_tokens (id, user_id, name, token_hash, hint, scopes) VALUES ($1, $2, 'Test', $3, 'abcd', '{profile:read}')",
      [id, userId, Buffer.from(hash)],
    );
    for (const auth of [here, there]) {
      expect(await auth.authenticate(`Bearer ${token}`)).toEqual({
        kind: "authenticated",
        actor: { userId, role: "user", sessionId: null, scopes: ["profile:read"] },
      });
    }
    await update("DELETE FROM api_tokens WHERE id = $1", id);
    for (const auth of [here, there]) {
      await expect.poll(() => auth.authenticate(`Bearer ${token}`), { interval: 5 }).toEqual({ kind: "invalid" });
    }
  });
});

describe("a cookie of the web app", () => {
  const seal = (sid: string) =>
    encodeCookie({ sid }, hkdfSync("sha256", here.webSessionSecret, "", "NextAuth.js Generated Encryption Key", 32));

  test("tells who calls in every process, until the session ends", async () => {
    const { userId, sessionId, role } = await signIn();
    const sealed = await seal(sessionId);
    const actor = { userId, role, sessionId, scopes: ["*"] };
    for (const auth of [here, there]) {
      expect(await auth.authenticateWebSession(sealed)).toEqual({ kind: "authenticated", actor });
    }
    await update("UPDATE sessions SET ended_at = now() WHERE id = $1", sessionId);
    for (const auth of [here, there]) {
      await expect.poll(() => auth.authenticateWebSession(sealed), { interval: 5 }).toEqual({ kind: "invalid" });
    }
  });

  test("is worth nothing where it was sealed elsewhere, or is a token of ours", async () => {
    const { token } = await signIn();
    for (const sealed of ["", "nonsense", token]) {
      expect(await here.authenticateWebSession(sealed), sealed).toEqual({ kind: "invalid" });
    }
  });
});

function encodeCookie(claims: Record<string, unknown>, key: ArrayBuffer): Promise<string> {
  return new EncryptJWT(claims)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt()
    .setExpirationTime("30d")
    .encrypt(new Uint8Array(key));
}

describe("a token", () => {
  test("of a session that does not exist is invalid", async () => {
    const { userId, email, role } = await signIn();
    const { token } = await here.issueAccessToken({ userId, email, role, sessionId: randomUUID() });
    expect(await here.authenticate(`Bearer ${token}`)).toEqual({ kind: "invalid" });
  });

  test("of somebody else's session is invalid", async () => {
    const [jane, joe] = [await signIn(), await signIn()];
    const { token } = await here.issueAccessToken({ ...jane, sessionId: joe.sessionId });
    expect(await here.authenticate(`Bearer ${token}`)).toEqual({ kind: "invalid" });
    expect(await here.authenticate(joe.header)).toMatchObject({ kind: "authenticated" });
  });

  test("does not decide the role: the database does", async () => {
    const { userId, email, sessionId } = await signIn({ role: "user" });
    const { token } = await here.issueAccessToken({ userId, email, role: "admin", sessionId });
    expect(await here.authenticate(`Bearer ${token}`)).toMatchObject({ actor: { role: "user" } });
  });

  test.each([
    ["another issuer", { issuer: "https://evil.example.test" }],
    ["another audience", { audience: "other" }],
    ["another process whose clock shows yesterday", { now: () => new Date(Date.now() - 86_400_000) }],
  ])("of %s is invalid, though the signature is right", async (_reason, options) => {
    const session = await signIn();
    const other = authOn(databaseHere, options);
    const { token } = await other.issueAccessToken(session);
    expect(await here.authenticate(`Bearer ${token}`)).toEqual({ kind: "invalid" });
    other.close();
  });

  test("lives as long as was asked for", async () => {
    const session = await signIn();
    let now = new Date();
    const brief = authOn(databaseHere, { accessTokenSeconds: 60, now: () => now });
    const { token, expiresInSeconds } = await brief.issueAccessToken(session);
    expect(expiresInSeconds).toBe(60);
    expect(await brief.authenticate(`Bearer ${token}`)).toMatchObject({ kind: "authenticated" });
    now = new Date(now.getTime() + 65_000);
    expect(await brief.authenticate(`Bearer ${token}`)).toEqual({ kind: "invalid" });
    brief.close();
  });

  test("is one that anybody can verify with the published keys alone", async () => {
    const { token, sessionId } = await signIn();
    const { payload } = await jwtVerify(token, createLocalJWKSet(here.jwks()), { issuer, audience });
    expect(payload).toMatchObject({ role: "user", sid: expect.stringMatching(/^[0-9A-Z]{26}$/) });
    expect(JSON.stringify(payload)).not.toContain(sessionId);
  });

  test("that is hot costs neither a query nor a signature check", async () => {
    const { header } = await signIn();
    await settle();
    await here.authenticate(header);
    const query = vi.spyOn(databaseHere.pool, "query");
    const check = vi.spyOn(crypto.subtle, "verify");
    for (let i = 0; i < 50; i++) expect(await here.authenticate(header)).toMatchObject({ kind: "authenticated" });
    expect(query).not.toHaveBeenCalled();
    expect(check).not.toHaveBeenCalled();
  });

  test("that is worthless costs no query", async () => {
    const { token, header: good } = await signIn();
    await settle();
    await here.authenticate(good);
    const query = vi.spyOn(databaseHere.pool, "query");
    const [header, claims] = token.split(".");
    for (const worthless of [`${header}.${claims}.`, `${header}.${claims}.AAAA`, "x.y.z"]) {
      expect(await here.authenticate(`Bearer ${worthless}`)).toEqual({ kind: "invalid" });
    }
    expect(query).not.toHaveBeenCalled();
  });
});

describe("a rotation of keys", () => {
  test("ends no session: old tokens verify, new ones have the new kid, in both processes", async () => {
    const session = await signIn();
    const before = decodeProtectedHeader(session.token).kid;
    const { kid } = await here.rotateSigningKey();
    for (const auth of [here, there]) {
      const kidOfNext = async () => decodeProtectedHeader((await auth.issueAccessToken(session)).token).kid;
      await expect.poll(kidOfNext, { timeout: 1_000, interval: 5 }).toBe(kid);
      expect(auth.jwks().keys.map((key) => key.kid)).toEqual(expect.arrayContaining([before, kid]));
    }
    const next = await there.issueAccessToken(session);
    for (const auth of [here, there]) {
      expect(await auth.authenticate(session.header)).toMatchObject({ kind: "authenticated" });
      expect(await auth.authenticate(`Bearer ${next.token}`)).toMatchObject({ kind: "authenticated" });
    }
  });
});

test("a database that cannot be reached is an error, not a verdict on the caller", async () => {
  const { header } = await signIn();
  const away = openDatabase({ url: "postgresql://nobody@127.0.0.1:1/nothing" });
  const auth = authOn(away);
  const error: unknown = await auth.authenticate(header).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(isUnavailable(error)).toBe(true);
  // What needs no database is told all the same.
  expect(await auth.authenticate(undefined)).toEqual({ kind: "anonymous" });
  expect(await auth.authenticate("Bearer x")).toEqual({ kind: "invalid" });
  auth.close();
  await away.close();
});

test("the sealer does not open what the signing keys are sealed with", async () => {
  const { rows } = await databaseHere.pool.query("SELECT sealed_private_key FROM signing_keys");
  expect(() => here.sealer.open(rows[0].sealed_private_key)).toThrow("sealed with another secret");
  expect(there.sealer.open(here.sealer.seal("text"))).toBe("text");
});
