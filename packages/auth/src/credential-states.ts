import type { Database } from "@parley/db";
import type { ChangeFeed } from "@parley/db/change-feed";
import { createLiveCache } from "@parley/db/live-cache";
import type { Actor, Role } from "./actor";

/** What the database says of one credential and its user. */
export interface CredentialRow {
  id: string;
  user_id: string;
  role: Role;
  /** A number where the database says "infinity". */
  expires_at: Date | number;
  last_used_at: Date | null;
  /** Whether it was ended, or its user barred. */
  is_over: boolean;
}

export interface CredentialKind<Row extends CredentialRow, A extends Actor> {
  /** Under which the change feed tells of a credential that ended. */
  topic: string;
  /** Finds the row by $1. */
  select: { name: string; text: string };
  /** Writes $2 as the last use of $1, at most once a minute: of the processes that see it in one minute, one does. */
  touch: { name: string; text: string };
  actorOf(row: Row): A;
}

export interface CredentialStates<Key, A extends Actor> {
  /**
   * Whom a credential stands for now; null where it is unknown, ended or expired, or its user is deleted or banned.
   * @throws where the database has to be asked and cannot be reached.
   */
  actorOf(key: Key): Promise<A | null>;
  /**
   * The same, by the database alone: the change feed tells of a change some moments after it was made.
   * @throws where the database cannot be reached.
   */
  actorNow(key: Key): Promise<A | null>;
}

/** Of the row `u` of users: somebody who was deleted or banned is nobody, whatever they hold. The one place that says so. */
export const isBarred = "(u.deleted_at IS NOT NULL OR u.banned_at IS NOT NULL)";

interface State<A> {
  id: string;
  actor: A;
  /** Milliseconds; -Infinity where it is over already. */
  expiresAt: number;
  lastUsedAt: number;
}

const touchEveryMs = 60_000;
const maxRemembered = 20_000;

/**
 * What the database says of credentials and their users, remembered for as long as the change feed would tell of a
 * change; while it is not heard, every question goes to the database.
 */
export function createCredentialStates<Key extends string | Buffer, Row extends CredentialRow, A extends Actor>(
  kind: CredentialKind<Row, A>,
  { pool, changes, now }: { pool: Database["pool"]; changes: ChangeFeed; now(): Date },
): CredentialStates<Key, A> {
  const known = createLiveCache<State<A>>({ changes, topics: [kind.topic, "user"], maxEntries: maxRemembered });

  async function load(key: Key, remembered: string): Promise<State<A> | null> {
    const token = known.begin();
    const { rows } = await pool.query<Row>({ ...kind.select, values: [key] });
    const [row] = rows;
    // Nobody announces that a credential begins, so its absence is not remembered.
    if (row === undefined) return null;
    const state: State<A> = {
      id: row.id,
      actor: Object.freeze(kind.actorOf(row)),
      expiresAt: row.is_over ? Number.NEGATIVE_INFINITY : Number(row.expires_at),
      lastUsedAt: row.last_used_at?.getTime() ?? Number.NEGATIVE_INFINITY,
    };
    known.store(remembered, [`${kind.topic}:${row.id}`, `user:${row.user_id}`], state, token);
    return state;
  }

  /** Nobody waits for it, and where it fails, the next minute brings another. */
  function noteUse(state: State<A>, at: Date): void {
    state.lastUsedAt = at.getTime();
    pool.query({ ...kind.touch, values: [state.id, at] }).catch(() => {});
  }

  function living(state: State<A> | null): A | null {
    const at = now();
    if (state === null || state.expiresAt <= at.getTime()) return null;
    if (at.getTime() - state.lastUsedAt >= touchEveryMs) noteUse(state, at);
    return state.actor;
  }

  return {
    async actorOf(key) {
      const name = nameOf(key);
      return living(known.read(name) ?? (await load(key, name)));
    },
    actorNow: async (key) => living(await load(key, nameOf(key))),
  };
}

function nameOf(key: string | Buffer): string {
  return typeof key === "string" ? key : key.toString("latin1");
}
