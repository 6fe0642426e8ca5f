import { hkdfSync, randomUUID } from "node:crypto";
import { EncryptJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { createWebSessions } from "./web-sessions";

const secret = "a secret of this test alone, long enough";
/** Sealed by `encode` of next-auth 4.24 with this secret, for 100 years. */
const sealedByNextAuth =
  "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..JWoKfpCGvsMesizz.3J76MFyEevmOUa16QozW9kf6sLo-nRxoWjyHKgMM1j4GRkp61RBn3ZzeDsMp8G_l1wKHC-Q6quB-yNRPkHSg0gPBDWap_pzBafOqJwt3OjWYj6VYoIkeNUM-OrdANX8QagZ7hjW3f1XmweFF1B-QhJDIdp--V2Qg1womUBWHXDMaTzkNkrQUyB0whuYGPxaWQaDtRsT88UYdVL9n8wrpQqSVGU69NayVr6s.AjP1bBGPOneaXERuLErlvg";
const sealedSessionId = "01932d2c-7f3b-7aaa-8bbb-000000000001";

let now: Date;
beforeEach(() => {
  now = new Date();
});
const open = (over: { secret?: string } = {}) => createWebSessions({ secret, now: () => now, ...over });

describe("a cookie of the web app", () => {
  test("tells the session that next-auth sealed in it", async () => {
    expect(await open().sessionIdOf(sealedByNextAuth)).toBe(sealedSessionId);
  });

  test("tells nothing to another installation", async () => {
    expect(await open({ secret: `${secret}!` }).sessionIdOf(sealedByNextAuth)).toBeNull();
  });

  test("tells nothing once it has expired, though it was opened before", async () => {
    const sessions = open();
    expect(await sessions.sessionIdOf(sealedByNextAuth)).not.toBeNull();
    now = new Date(now.getTime() + 101 * 365 * 24 * 60 * 60 * 1_000);
    expect(await sessions.sessionIdOf(sealedByNextAuth)).toBeNull();
    expect(await open().sessionIdOf(sealedByNextAuth)).toBeNull();
  });

  test("tells nothing when a character of it was changed", async () => {
    const sessions = open();
    const parts = sealedByNextAuth.split(".");
    for (const [i, part] of parts.entries()) {
      const changed = part.startsWith("A") ? `B${part.slice(1)}` : `A${part.slice(1)}`;
      const sealed = parts.with(i, changed).join(".");
      expect(await sessions.sessionIdOf(sealed), sealed).toBeNull();
    }
  });

  test.each(["", "x", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30.", "x".repeat(1_000_000)])(
    "tells nothing where it is %.20j",
    async (sealed) => {
      expect(await open().sessionIdOf(sealed)).toBeNull();
    },
  );

  test.each([
    ["no session", {}],
    ["something else than an id", { sid: "1; DROP TABLE sessions" }],
    ["a number", { sid: 7 }],
  ])("tells nothing where it holds %s", async (_, claims) => {
    const key = new Uint8Array(hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32));
    const seal = (more: object) =>
      new EncryptJWT({ ...more })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setIssuedAt()
        .setExpirationTime("1h")
        .encrypt(key);
    expect(await open().sessionIdOf(await seal(claims))).toBeNull();
    const sid = randomUUID();
    expect(await open().sessionIdOf(await seal({ sid }))).toBe(sid);
  });
});
