import type { Database } from "@parley/db";
import type { ChangeFeed } from "@parley/db/change-feed";
import { createLiveCache } from "@parley/db/live-cache";
import type { Actor, Role } from "./actor";

export interface SessionStates {
  /**
   * Whom a session stands for now; null where it is unknown, ended or expired, or its user is deleted.
   * @throws where the database has to be asked and cannot be reached.
   */
  actorOf(sessionId: string): Promise<Actor | null>;
}

interface SessionState {
  actor: Actor;
  /** Milliseconds; -Infinity where it is over already. */
  expiresAt: number;
  lastSeenAt: number;
}

interface SessionRow {
  user_id: string;
  role: Role;
  /** A number where the database says "infinity". */
  expires_at: Date | number;
  last_seen_at: Date;
  is_over: boolean;
}

const selectState = {
  name: "auth.session_state",
  text: `SELECT s.user_id, u.role::text AS role, s.expires_at, s.last_seen_at,
      s.ended_at IS NOT NULL OR u.deleted_at IS NOT NULL AS is_over
    FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1`,
};

// Asks again, so that of the processes which see a session in the same minute only one writes.
const touch = {
  name: "auth.session_touch",
  text: "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at <= $2::timestamptz - interval '1 minute'",
};

const touchEveryMs = 60_000;
const maxSessions = 20_000;

/**
 * What the database says of sessions and their users, remembered for as long as the change feed would tell of a
 * change; while it is not heard, every question goes to the database.
 */
export function createSessionStates(options: {
  pool: Database["pool"];
  changes: ChangeFeed;
  now(): Date;
}): SessionStates {
  const { pool, changes, now } = options;
  const known = createLiveCache<SessionState>({ changes, topics: ["session", "user"], maxEntries: maxSessions });

  async function load(sessionId: string): Promise<SessionState | null> {
    const token = known.begin();
    const { rows } = await pool.query<SessionRow>({ ...selectState, values: [sessionId] });
    const [row] = rows;
    // Nobody announces that a session begins, so its absence is not remembered.
    if (row === undefined) return null;
    const state: SessionState = {
      actor: Object.freeze({ userId: row.user_id, role: row.role, sessionId, scopes: Object.freeze(["*"]) }),
      expiresAt: row.is_over ? Number.NEGATIVE_INFINITY : Number(row.expires_at),
      lastSeenAt: row.last_seen_at.getTime(),
    };
    known.store(sessionId, [`session:${sessionId}`, `user:${row.user_id}`], state, token);
    return state;
  }

  /** Nobody waits for it, and where it fails, the next minute brings another. */
  function noteSeen(state: SessionState, at: Date): void {
    state.lastSeenAt = at.getTime();
    pool.query({ ...touch, values: [state.actor.sessionId, at] }).catch(() => {});
  }

  return {
    async actorOf(sessionId) {
      const state = known.read(sessionId) ?? (await load(sessionId));
      const at = now();
      if (state === null || state.expiresAt <= at.getTime()) return null;
      if (at.getTime() - state.lastSeenAt >= touchEveryMs) noteSeen(state, at);
      return state.actor;
    },
  };
}
