import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import { ulidToUUID, uuidToULID } from "ulidx";
import type { Role } from "./actor";
import type { SigningKeys } from "./signing-keys";

/** Whom a token was issued to. What they may do now is the database's to say. */
export interface TokenClaims {
  /** UUID in lower case. */
  userId: string;
  /** UUID in lower case. */
  sessionId: string;
}

export interface TokenSubject extends TokenClaims {
  email: string;
  role: Role;
}

export interface AccessTokens {
  issue(subject: TokenSubject): Promise<{ token: string; expiresInSeconds: number }>;
  /** Null for everything that is not a token of ours, in force now. */
  verify(token: string): Promise<TokenClaims | null>;
}

/** A token that was verified once is known by its text, until it expires or its key is no longer to be trusted. */
interface VerifiedToken {
  claims: TokenClaims;
  kid: string;
  endsAt: number;
}

const algorithm = "RS256";
/** For clocks that disagree. */
export const skewSeconds = 5;
const maxVerified = 10_000;
/** Ours have some 700 characters; nothing longer is worth the work. */
const maxTokenLength = 4_096;

/** JWTs (RFC 7519) signed with RS256: header alg, kid, typ; claims sub, email, role, sid, iss, aud, iat, exp. */
export function createAccessTokens(options: {
  keys: Pick<SigningKeys, "signer" | "verifier">;
  issuer: string;
  audience: string;
  lifetimeSeconds: number;
  now(): Date;
}): AccessTokens {
  const { keys, issuer, audience, lifetimeSeconds, now } = options;
  const verified = new LRUCache<string, VerifiedToken>({ max: maxVerified });

  return {
    async issue({ userId, email, role, sessionId }) {
      const { kid, privateKey } = await keys.signer();
      const issuedAt = Math.floor(now().getTime() / 1_000);
      const token = await new SignJWT({ email, role, sid: uuidToULID(sessionId) })
        .setProtectedHeader({ alg: algorithm, kid, typ: "JWT" })
        .setSubject(uuidToULID(userId))
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(privateKey);
      return { token, expiresInSeconds: lifetimeSeconds };
    },

    async verify(token) {
      const known = verified.get(token);
      const kid = known?.kid ?? readKid(token);
      const key = kid === null ? null : await keys.verifier(kid);
      const at = now();
      if (kid === null || key === null || (known !== undefined && known.endsAt <= at.getTime())) {
        verified.delete(token);
        return null;
      }
      if (known !== undefined) return known.claims;

      const payload = await checked(() =>
        jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          typ: "JWT",
          requiredClaims: ["exp", "iat"],
          clockTolerance: skewSeconds,
          currentDate: at,
        }),
      );
      const claims = payload === null ? null : readClaims(payload);
      if (payload?.exp === undefined || claims === null) return null;
      verified.set(token, { claims, kid, endsAt: (payload.exp + skewSeconds) * 1_000 });
      return claims;
    },
  };
}

/** The key that the token names, or null where its header alone tells that it is not ours. */
function readKid(token: string): string | null {
  if (token.length > maxTokenLength) return null;
  try {
    const { alg, kid, crit } = decodeProtectedHeader(token);
    return alg === algorithm && crit === undefined && typeof kid === "string" ? kid : null;
  } catch {
    return null;
  }
}

async function checked(verify: () => Promise<{ payload: JWTPayload }>): Promise<JWTPayload | null> {
  try {
    return (await verify()).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

function readClaims({ sub, sid }: JWTPayload): TokenClaims | null {
  if (typeof sub !== "string" || typeof sid !== "string") return null;
  try {
    return { userId: ulidToUUID(sub).toLowerCase(), sessionId: ulidToUUID(sid).toLowerCase() };
  } catch {
    return null;
  }
}
