import { hkdfSync } from "node:crypto";
import { EncryptJWT } from "jose";

/** The Cookie header of a browser that signed in at the web app, as next-auth seals it. */
export async function webCookie(
  auth: { webSessionSecret: string },
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<string> {
  const key = hkdfSync("sha256", auth.webSessionSecret, "", "NextAuth.js Generated Encryption Key", 32);
  const sealed = await new EncryptJWT({ sub: userId, sid: sessionId })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt()
    .setExpirationTime("30d")
    .encrypt(new Uint8Array(key));
  return `next-auth.session-token=${sealed}`;
}
