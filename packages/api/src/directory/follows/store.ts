import type { Database } from "@parley/db";
import { foreignKeyViolation, uniqueViolation } from "@parley/db/errors";
import { uuidv7 } from "uuidv7";
import { tellOfFollower } from "../../notifications/store";
import { isPrivateAccount } from "../../profile/preferences/store";

/** A person in a list of follows: all but the avatar's address. */
export interface StoredFollowPerson {
  id: string;
  displayName: string;
  username: string | null;
  avatarKey: string | null;
  followedAt: string;
}

export type FollowResult =
  | { outcome: "followed"; createdAt: string }
  | { outcome: "already_following" }
  | { outcome: "no_such_person" };

interface Page {
  offset: number;
  limit: number;
}

interface FollowList {
  items: StoredFollowPerson[];
  total: number;
}

interface ListOwner {
  userId: string;
  readerId: string;
}

export type FollowStore = ReturnType<typeof createFollowStore>;

// A host hears of it in the same statement.
const insertFollow = `WITH followed AS (
    INSERT INTO follows (follower_id, followed_id)
    SELECT $1, u.id FROM users u WHERE u.id = $2 AND u.deleted_at IS NULL
    RETURNING follower_id, followed_id, created_at
  ), told AS (${tellOfFollower("$3")})
  SELECT created_at FROM followed`;

const selectStatus = `SELECT f.created_at
  FROM users u LEFT JOIN follows f ON f.followed_id = u.id AND f.follower_id = $1
  WHERE u.id = $2 AND u.deleted_at IS NULL`;

export function createFollowStore({ pool }: Database) {
  return {
    async follow(followerId: string, followedId: string): Promise<FollowResult> {
      try {
        const { rows } = await pool.query<{ created_at: Date }>(insertFollow, [followerId, followedId, uuidv7()]);
        return rows[0] === undefined
          ? { outcome: "no_such_person" }
          : { outcome: "followed", createdAt: rows[0].created_at.toISOString() };
      } catch (error) {
        if (uniqueViolation(error) === "follows_pkey") return { outcome: "already_following" };
        if (foreignKeyViolation(error) !== null) return { outcome: "no_such_person" };
        throw error;
      }
    },

    /** False where there was nothing to end. */
    async unfollow(followerId: string, followedId: string): Promise<boolean> {
      const { rowCount } = await pool.query("DELETE FROM follows WHERE follower_id = $1 AND followed_id = $2", [
        followerId,
        followedId,
      ]);
      return rowCount === 1;
    },

    /** Since when the one follows the other. Null: there is no such other. */
    async findStatus(followerId: string, followedId: string): Promise<{ followedAt: string | null } | null> {
      const { rows } = await pool.query<{ created_at: Date | null }>(selectStatus, [followerId, followedId]);
      return rows[0] === undefined ? null : { followedAt: rows[0].created_at?.toISOString() ?? null };
    },

    /** Newest first, as a reader sees them. Null: there is no such person. */
    async followersOf(userId: string, readerId: string, page: Page): Promise<FollowList | null> {
      const { rows } = await pool.query("SELECT 1 FROM users WHERE id = $1 AND deleted_at IS NULL", [userId]);
      return rows.length === 0 ? null : listPeople("f.followed_id", "f.follower_id", { userId, readerId }, page);
    },

    /** Newest first. */
    async followedBy(userId: string, page: Page): Promise<FollowList> {
      return listPeople("f.follower_id", "f.followed_id", { userId, readerId: userId }, page);
    },
  };

  type Side = "f.follower_id" | "f.followed_id";

  // A private account is shown to itself and to the other side of the follow alone.
  async function listPeople(known: Side, listed: Side, { userId, readerId }: ListOwner, { offset, limit }: Page) {
    const from = `FROM follows f JOIN users u ON u.id = ${listed} AND u.deleted_at IS NULL
      WHERE ${known} = $1 AND ($2 IN (f.follower_id, f.followed_id) OR NOT ${isPrivateAccount})`;
    const [found, counted] = await Promise.all([
      pool.query<PersonRow>(
        `SELECT u.id, u.display_name, u.username, u.avatar_key, f.created_at ${from}
         ORDER BY f.created_at DESC, u.id DESC LIMIT $3 OFFSET $4`,
        [userId, readerId, limit, offset],
      ),
      pool.query<{ total: number }>(`SELECT count(*)::int AS total ${from}`, [userId, readerId]),
    ]);
    return { items: found.rows.map(toPerson), total: counted.rows[0]?.total ?? 0 };
  }
}

interface PersonRow {
  id: string;
  display_name: string;
  username: string | null;
  avatar_key: string | null;
  created_at: Date;
}

function toPerson(row: PersonRow): StoredFollowPerson {
  return {
    id: row.id,
    displayName: row.display_name,
    username: row.username,
    avatarKey: row.avatar_key,
    followedAt: row.created_at.toISOString(),
  };
}
