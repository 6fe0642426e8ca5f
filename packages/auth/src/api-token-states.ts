import type { Database } from "@parley/db";
import type { ChangeFeed } from "@parley/db/change-feed";
import type { Actor } from "./actor";
import { type CredentialRow, createCredentialStates, isBarred } from "./credential-states";
import { opaqueTokens } from "./opaque-tokens";

/** What personal API tokens begin with. Source: 004. */
export const apiTokenPrefix = "il_tok_";

export interface ApiTokenStates {
  /**
   * Whom an API token stands for now; null where it is unknown, ended or expired, or its user is deleted or banned.
   * @throws where the database has to be asked and cannot be reached.
   */
  actorOf(token: string): Promise<Actor | null>;
}

interface ApiTokenRow extends CredentialRow {
  scopes: string[];
}

const select = {
  name: "auth.api_token_state",
  text: `SELECT t.id, t.user_id, u.role::text AS role, t.scopes, coalesce(t.expires_at, 'infinity') AS expires_at,
      t.last_used_at, ${isBarred} AS is_over
    FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE t.token_hash = $1`,
};

const touch = {
  name: "auth.api_token_touch",
  text: `UPDATE api_tokens SET last_used_at = $2
    WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $2::timestamptz - interval '1 minute')`,
};

/** 256 bits in base64url, behind the prefix; nothing else is worth a query. */
const grammar = new RegExp(`^${apiTokenPrefix}[\\w-]{43}$`);

/** Of tokens nothing but hashes is kept, in memory too. */
export function createApiTokenStates(options: {
  pool: Database["pool"];
  changes: ChangeFeed;
  now(): Date;
}): ApiTokenStates {
  const states = createCredentialStates<Buffer, ApiTokenRow, Actor>(
    {
      ...{ topic: "api_token", select, touch },
      actorOf: ({ user_id, role, scopes }) => ({
        ...{ userId: user_id, role, sessionId: null },
        scopes: Object.freeze(scopes),
      }),
    },
    options,
  );
  return {
    actorOf: async (token) => (grammar.test(token) ? states.actorOf(Buffer.from(opaqueTokens.hash(token))) : null),
  };
}
