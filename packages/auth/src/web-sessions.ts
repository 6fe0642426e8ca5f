import { hkdfSync } from "node:crypto";
import { errors, jwtDecrypt } from "jose";
import { LRUCache } from "lru-cache";

export interface WebSessions {
  /** The session that a cookie of the web app stands for, by its id (UUID); null for what next-auth did not seal, or has expired. */
  sessionIdOf(sealed: string): Promise<string | null>;
}

interface Opened {
  sessionId: string;
  /** Milliseconds. */
  endsAt: number;
}

const maxOpened = 10_000;
/** Ours have some 300 characters; nothing longer is worth the work. */
const maxLength = 4_096;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Opens the session cookies of the web app, which next-auth seals: a JWT, encrypted under a key that it derives from its
 * secret in this very way. A test of the web app seals with next-auth and opens here.
 */
export function createWebSessions({ secret, now }: { secret: string; now(): Date }): WebSessions {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32));
  const opened = new LRUCache<string, Opened>({ max: maxOpened });

  async function open(sealed: string): Promise<Opened | null> {
    try {
      const { payload } = await jwtDecrypt(sealed, key, {
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
        requiredClaims: ["exp", "sid"],
        currentDate: now(),
      });
      const { sid, exp = 0 } = payload;
      return typeof sid === "string" && uuid.test(sid) ? { sessionId: sid, endsAt: exp * 1_000 } : null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  return {
    async sessionIdOf(sealed) {
      if (sealed.length > maxLength) return null;
      const known = opened.get(sealed);
      const session = known ?? (await open(sealed));
      if (session === null || session.endsAt <= now().getTime()) {
        opened.delete(sealed);
        return null;
      }
      if (known === undefined) opened.set(sealed, session);
      return session.sessionId;
    },
  };
}
