import { randomUUID } from "node:crypto";
import { createWebSessions } from "@parley/auth/web-sessions";
import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";

const secret = "a secret of this test alone, long enough";

test("the cookie that next-auth seals is opened by the REST app, and by nobody with another secret", async () => {
  const sid = randomUUID();
  const sealed = await encode({ token: { sub: randomUUID(), sid }, secret, maxAge: 60 });
  const open = (key: string) => createWebSessions({ secret: key, now: () => new Date() }).sessionIdOf(sealed);
  expect(await open(secret)).toBe(sid);
  expect(await open(`${secret}!`)).toBeNull();
});
