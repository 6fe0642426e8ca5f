import { hkdfSync } from "node:crypto";
import type { Database } from "@parley/db";
import type { ChangeFeed } from "@parley/db/change-feed";
import { createAccessTokens, skewSeconds, type TokenSubject } from "./access-tokens";
import type { Actor, SessionActor } from "./actor";
import { apiTokenPrefix, createApiTokenStates } from "./api-token-states";
import { type OpaqueTokens, opaqueTokens } from "./opaque-tokens";
import { createPasswords, type Passwords } from "./passwords";
import { createSealer, type Sealer } from "./sealer";
import { createSessionStates } from "./session-states";
import type { PublicJwk } from "./signing-key-store";
import { createSigningKeys } from "./signing-keys";
import { createWebSessions } from "./web-sessions";

export type { Actor, Role, SessionActor } from "./actor";

/** Nothing was sent; something was sent that is not, or no longer, worth anything; or somebody is known. */
export type Authentication = { kind: "anonymous" } | { kind: "invalid" } | { kind: "authenticated"; actor: Actor };

export interface AuthOptions {
  pool: Database["pool"];
  changes: ChangeFeed;
  /** Long and random, and the same in every process that shares the database. Seals what the database must not show. */
  secret: string;
  /** `iss` of the tokens. */
  issuer: string;
  /** `aud` of the tokens. */
  audience: string;
  /** Default 900. */
  accessTokenSeconds?: number;
  /** For tests. */
  now?(): Date;
}

export interface Auth {
  /**
   * Loads the signing keys, and makes the first one; of processes that start together, one does.
   * @throws where the keys in the database were sealed with another secret.
   */
  start(): Promise<void>;
  /** The document at /.well-known/jwks.json: public members of every key that may still verify. */
  jwks(): { keys: PublicJwk[] };
  /** The new key signs at once, in every process within a second; the old one verifies until its last token expires. */
  rotateSigningKey(): Promise<{ kid: string }>;
  issueAccessToken(subject: TokenSubject): Promise<{ token: string; expiresInSeconds: number }>;
  /**
   * Resolves an Authorization header, which bears an access token (signature and claims, then the session and the role
   * as the database has them) or a personal API token, `il_tok_…`.
   * @throws where the database has to be asked and cannot be reached.
   */
  authenticate(authorization: string | undefined): Promise<Authentication>;
  /**
   * Resolves the session cookie of the web app, as next-auth sealed it, on a transport that is not the web app.
   * @throws where the database has to be asked and cannot be reached.
   */
  authenticateWebSession(sealed: string): Promise<Authentication>;
  /**
   * Whom a session stands for at this moment, for a transport that keeps sessions itself; null where it is over. The
   * database is asked each time: a page that shows what else it has must not know somebody whom it knows no more.
   * @throws where the database cannot be reached.
   */
  resume(sessionId: string): Promise<SessionActor | null>;
  /** A personal API token and the hash to store; the row says who has it, and what it is good for. */
  createApiToken(): { token: string; hash: Uint8Array };
  passwords: Passwords;
  opaqueTokens: OpaqueTokens;
  sealer: Sealer;
  /** What next-auth seals the cookies of the web app with. */
  webSessionSecret: string;
  /** A secret of its own for another library, derived from the installation's: no two purposes share a key. */
  deriveSecret(purpose: string): string;
  close(): void;
}

const anonymous: Authentication = { kind: "anonymous" };
const invalid: Authentication = { kind: "invalid" };
/** Tokens that other processes sign with a key until they hear of its replacement. */
const rotationGraceSeconds = 60;

/** Everything about who somebody is. A token that was seen before costs neither a signature check nor a query. */
export function createAuth(options: AuthOptions): Auth {
  const { pool, changes, secret, issuer, audience, accessTokenSeconds = 900, now = () => new Date() } = options;
  const keys = createSigningKeys({
    pool,
    changes,
    sealer: createSealer(secret, "signing keys"),
    retireAfterMs: (accessTokenSeconds + skewSeconds + rotationGraceSeconds) * 1_000,
    now,
  });
  const tokens = createAccessTokens({ keys, issuer, audience, lifetimeSeconds: accessTokenSeconds, now });
  const sessions = createSessionStates({ pool, changes, now });
  const apiTokens = createApiTokenStates({ pool, changes, now });
  const deriveSecret = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", secret, "", `parley ${purpose}`, 32)).toString("base64url");
  const webSessionSecret = deriveSecret("web sessions");
  const webSessions = createWebSessions({ secret: webSessionSecret, now });

  return {
    start: keys.start,
    jwks: keys.jwks,
    rotateSigningKey: keys.rotate,
    issueAccessToken: tokens.issue,
    async authenticate(authorization) {
      const token = authorization === undefined ? null : bearerToken(authorization);
      if (token === null) return anonymous;
      if (token.startsWith(apiTokenPrefix)) {
        const actor = await apiTokens.actorOf(token);
        return actor === null ? invalid : { kind: "authenticated", actor };
      }
      const claims = await tokens.verify(token);
      if (claims === null) return invalid;
      const actor = await sessions.actorOf(claims.sessionId);
      return actor !== null && actor.userId === claims.userId ? { kind: "authenticated", actor } : invalid;
    },
    async authenticateWebSession(sealed) {
      const sessionId = await webSessions.sessionIdOf(sealed);
      const actor = sessionId === null ? null : await sessions.actorOf(sessionId);
      return actor === null ? invalid : { kind: "authenticated", actor };
    },
    resume: sessions.actorNow,
    createApiToken: () => opaqueTokens.create(apiTokenPrefix),
    passwords: createPasswords(),
    opaqueTokens,
    sealer: createSealer(secret, "general"),
    webSessionSecret,
    deriveSecret,
    close: keys.close,
  };
}

/** The credentials of the Bearer scheme (RFC 6750; any case, RFC 9110); null for other schemes, which are not ours. */
function bearerToken(authorization: string): string | null {
  const scheme = /^bearer(?: +|$)/i.exec(authorization);
  return scheme === null ? null : authorization.slice(scheme[0].length).trim();
}
