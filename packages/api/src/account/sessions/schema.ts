import { z } from "zod";
import { id, instant, opaqueToken, pageOf } from "../../primitives";

/** What a client keeps. `expiresIn` is the access token's life in seconds; the refresh token serves once, for 30 days. */
export const tokenPair = z
  .object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.int() })
  .meta({ id: "TokenPair" });
export type TokenPair = z.infer<typeof tokenPair>;

export const refreshInput = z.object({ refreshToken: opaqueToken });

/** Any text: signing out with what is no token of ours succeeds, since nobody is signed in by it. */
export const signOutInput = z.object({ refreshToken: z.string() });

const session = z
  .object({
    id,
    userAgent: z.string().nullable(),
    ip: z.string().nullable(),
    createdAt: instant,
    lastSeenAt: instant,
    /** The session that asks. */
    isCurrent: z.boolean(),
  })
  .meta({ id: "Session" });

export const sessionPage = pageOf(session);
export type SessionPage = z.infer<typeof sessionPage>;

export const endSessionInput = z.object({ id });
