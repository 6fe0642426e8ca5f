import type { Database } from "@parley/db";
import type { ViewingPreference, Visibility } from "../profile/preferences/schema";
import { isPrivateAccount } from "../profile/preferences/store";

/** A message but for the address of its author's picture. */
export interface StoredMessage {
  id: string;
  content: string;
  visibility: Visibility;
  createdAt: string;
  author: { id: string; username: string | null; displayName: string; avatarKey: string | null; isHost: boolean };
}

export interface Range {
  offset: number;
  limit: number;
}

export interface NewMessage {
  id: string;
  authorId: string;
  content: string;
  visibility: Visibility;
  createdAt: Date;
}

export type MessageStore = ReturnType<typeof createMessageStore>;

const isThere = "u.deleted_at IS NULL";
/** What others than its author may read. */
const isOpen = `m.visibility = 'public' AND NOT ${isPrivateAccount}`;

const columns = `m.id, m.content, m.visibility::text AS visibility, m.created_at, u.id AS author_id, u.username,
  u.display_name, u.avatar_key, u.role = 'host' AS is_host`;

// The account may have closed since its owner was let in: then nothing is written any more.
const insert = `WITH m AS (
    INSERT INTO messages (id, author_id, content, visibility, created_at)
    SELECT $1, u.id, $3, $4::visibility, $5 FROM users u WHERE u.id = $2 AND ${isThere}
    RETURNING id, author_id, content, visibility, created_at
  ) SELECT ${columns} FROM m JOIN users u ON u.id = m.author_id`;

/** `$1` is the reader. */
const views: Record<ViewingPreference, string> = {
  my_messages: "m.author_id = $1",
  all_messages: `(m.author_id = $1 OR (${isOpen}))`,
  followers_only: `${isOpen} AND EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = m.author_id AND f.followed_id = $1)`,
  following_only: `${isOpen} AND EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = $1 AND f.followed_id = m.author_id)`,
};

export function createMessageStore({ pool }: Database) {
  return {
    /** Null where the account has gone. */
    async findStanding(userId: string): Promise<{ isEmailVerified: boolean } | null> {
      const { rows } = await pool.query<{ verified: boolean }>(
        `SELECT u.email_verified_at IS NOT NULL AS verified FROM users u WHERE u.id = $1 AND ${isThere}`,
        [userId],
      );
      return rows[0] === undefined ? null : { isEmailVerified: rows[0].verified };
    },

    /** Null where the account has gone. */
    async insert({ id, authorId, content, visibility, createdAt }: NewMessage): Promise<StoredMessage | null> {
      const values = [id, authorId, content, visibility, createdAt];
      const { rows } = await pool.query<MessageRow>(insert, values);
      return rows[0] === undefined ? null : toMessage(rows[0]);
    },

    async findAuthor(username: string): Promise<{ id: string; isPrivateAccount: boolean } | null> {
      const { rows } = await pool.query<{ id: string; is_private: boolean }>(
        `SELECT u.id, ${isPrivateAccount} AS is_private FROM users u WHERE u.username = $1 AND ${isThere}`,
        [username],
      );
      return rows[0] === undefined ? null : { id: rows[0].id, isPrivateAccount: rows[0].is_private };
    },

    /** Of one author, newest first. */
    async byAuthor(authorId: string, { isPublicOnly, ...range }: Range & { isPublicOnly: boolean }) {
      return list(isPublicOnly ? "m.author_id = $1 AND m.visibility = 'public'" : "m.author_id = $1", authorId, range);
    },

    /** What a reader sees of everybody, newest first. */
    async timeline(readerId: string, { view, ...range }: Range & { view: ViewingPreference }) {
      return list(views[view], readerId, range);
    },

    /** False where the author has no such message. */
    async remove(authorId: string, id: string): Promise<boolean> {
      const { rowCount } = await pool.query("DELETE FROM messages WHERE id = $2 AND author_id = $1", [authorId, id]);
      return rowCount === 1;
    },
  };

  async function list(condition: string, userId: string, { offset, limit }: Range) {
    const from = `FROM messages m JOIN users u ON u.id = m.author_id AND ${isThere} WHERE ${condition}`;
    const [found, counted] = await Promise.all([
      pool.query<MessageRow>(`SELECT ${columns} ${from} ORDER BY m.created_at DESC, m.id DESC LIMIT $2 OFFSET $3`, [
        userId,
        limit,
        offset,
      ]),
      pool.query<{ total: number }>(`SELECT count(*)::int AS total ${from}`, [userId]),
    ]);
    return { items: found.rows.map(toMessage), total: counted.rows[0]?.total ?? 0 };
  }
}

interface MessageRow {
  id: string;
  content: string;
  visibility: Visibility;
  created_at: Date;
  author_id: string;
  username: string | null;
  display_name: string;
  avatar_key: string | null;
  is_host: boolean;
}

function toMessage(row: MessageRow): StoredMessage {
  return {
    id: row.id,
    content: row.content,
    visibility: row.visibility,
    createdAt: row.created_at.toISOString(),
    author: {
      id: row.author_id,
      username: row.username,
      displayName: row.display_name,
      avatarKey: row.avatar_key,
      isHost: row.is_host,
    },
  };
}
