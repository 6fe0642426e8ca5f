import type { Database } from "@parley/db";
import type { ChangeFeed } from "@parley/db/change-feed";
import type { SessionActor } from "./actor";
import { type CredentialRow, type CredentialStates, createCredentialStates, isBarred } from "./credential-states";

/** By the session's id. */
export type SessionStates = CredentialStates<string, SessionActor>;

const select = {
  name: "auth.session_state",
  text: `SELECT s.id, s.user_id, u.role::text AS role, s.expires_at, s.last_seen_at AS last_used_at,
      s.ended_at IS NOT NULL OR ${isBarred} AS is_over
    FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1`,
};

const touch = {
  name: "auth.session_touch",
  text: "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at <= $2::timestamptz - interval '1 minute'",
};

const everything = Object.freeze(["*"]);

export function createSessionStates(options: {
  pool: Database["pool"];
  changes: ChangeFeed;
  now(): Date;
}): SessionStates {
  const actorOf = ({ id, user_id, role }: CredentialRow): SessionActor => ({
    userId: user_id,
    role,
    sessionId: id,
    scopes: everything,
  });
  return createCredentialStates({ topic: "session", select, touch, actorOf }, options);
}
