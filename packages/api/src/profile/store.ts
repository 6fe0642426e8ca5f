import type { Database } from "@parley/db";
import { isDeadlock, uniqueViolation } from "@parley/db/errors";
import type { OwnProfile } from "./schema";

/** The stored half of a profile: all but the avatar's address, which depends on where objects are served from. */
export type StoredProfile = Omit<OwnProfile, "avatarUrl"> & { avatarKey: string | null };

export interface StoredPublicProfile {
  id: string;
  displayName: string;
  username: string;
  bio: string | null;
  avatarKey: string | null;
  isAvailable: boolean;
  ratePerMinuteCents: number;
  windowSizeMinutes: number;
  followerCount: number;
}

/** Undefined leaves a member as it is. */
export interface ProfileChange {
  displayName?: string;
  bio?: string | null;
  username?: string;
  expectedVersion?: number;
}

export type ProfileUpdateResult =
  | { outcome: "updated"; profile: StoredProfile }
  | { outcome: "username_taken" }
  | { outcome: "gone_or_changed" };

export type ProfileStore = ReturnType<typeof createProfileStore>;

const ownColumns = `id, email, display_name, username, bio, avatar_key, role::text, email_verified_at IS NOT NULL AS email_verified,
  age_verified_at IS NOT NULL AS is_age_verified, is_available, rate_cents, window_size_minutes, payout_enabled, created_at, version`;

const selectOwn = `SELECT ${ownColumns} FROM users WHERE id = $1 AND deleted_at IS NULL`;

const updateOwn = `UPDATE users SET
    display_name = coalesce($2, display_name),
    bio = CASE WHEN $3::boolean THEN $4 ELSE bio END,
    username = coalesce($5, username)
  WHERE id = $1 AND deleted_at IS NULL AND ($6::int IS NULL OR version = $6)
  RETURNING ${ownColumns}`;

export const publicColumns = `u.id, u.display_name, u.username, u.bio, u.avatar_key, u.is_available, u.rate_cents, u.window_size_minutes,
  u.follower_count`;

const selectPublic = `SELECT ${publicColumns} FROM users u WHERE u.username = $1 AND u.role = 'host' AND u.deleted_at IS NULL`;

const selectMoved = `SELECT u.username FROM former_usernames o JOIN users u ON u.id = o.user_id
  WHERE o.username = $1 AND u.role = 'host' AND u.deleted_at IS NULL`;

const isAnothers = `SELECT EXISTS (SELECT 1 FROM users WHERE username = $2 AND id <> $1)
    OR EXISTS (SELECT 1 FROM former_usernames
      WHERE username = $2 AND user_id <> $1 AND released_at > now() - interval '90 days') AS is_anothers`;

/** Profiles, over prepared statements: these are the reads and the write that everything else waits for. */
export function createProfileStore({ pool }: Database) {
  return {
    async find(userId: string): Promise<StoredProfile | null> {
      const { rows } = await pool.query<OwnRow>({ name: "profile.find", text: selectOwn, values: [userId] });
      return rows[0] === undefined ? null : toOwnProfile(rows[0]);
    },

    /** One statement: the owner, the version and the uniqueness of the name are all decided where the row is written. */
    async update(userId: string, change: ProfileChange): Promise<ProfileUpdateResult> {
      const { displayName, bio, username, expectedVersion } = change;
      try {
        const { rows } = await pool.query<OwnRow>({
          name: "profile.update",
          text: updateOwn,
          values: [
            userId,
            displayName ?? null,
            bio !== undefined,
            bio ?? null,
            username ?? null,
            expectedVersion ?? null,
          ],
        });
        return rows[0] === undefined
          ? { outcome: "gone_or_changed" }
          : { outcome: "updated", profile: toOwnProfile(rows[0]) };
      } catch (error) {
        if (isUsernameTaken(error)) return { outcome: "username_taken" };
        throw error;
      }
    },

    /** True where somebody else has the name, or gave it up less than 90 days ago. */
    async isUsernameAnothers(userId: string, username: string): Promise<boolean> {
      const { rows } = await pool.query<{ is_anothers: boolean }>({
        name: "profile.username",
        text: isAnothers,
        values: [userId, username],
      });
      return rows[0]?.is_anothers === true;
    },

    async findHostByUsername(username: string): Promise<StoredPublicProfile | null> {
      const { rows } = await pool.query<PublicRow>({ name: "profile.public", text: selectPublic, values: [username] });
      return rows[0] === undefined ? null : toPublicProfile(rows[0]);
    },

    /** The present username of the host who used to bear this one. */
    async findMovedUsername(username: string): Promise<string | null> {
      const { rows } = await pool.query<{ username: string }>({
        name: "profile.moved",
        text: selectMoved,
        values: [username],
      });
      return rows[0]?.username ?? null;
    },
  };
}

/**
 * True where another person has the name, or gave it up less than 90 days ago. Two people who want each other's names at
 * once wait for each other until the database gives one of them up: the name is the other's then as well.
 */
export function isUsernameTaken(error: unknown): boolean {
  const constraint = uniqueViolation(error);
  return constraint === "users_username_key" || constraint === "former_usernames_hold" || isDeadlock(error);
}

interface OwnRow {
  id: string;
  email: string;
  display_name: string;
  username: string | null;
  bio: string | null;
  avatar_key: string | null;
  role: OwnProfile["role"];
  email_verified: boolean;
  is_age_verified: boolean;
  is_available: boolean;
  rate_cents: number | null;
  window_size_minutes: number | null;
  payout_enabled: boolean;
  created_at: Date;
  version: number;
}

export interface PublicRow {
  id: string;
  display_name: string;
  username: string;
  bio: string | null;
  avatar_key: string | null;
  is_available: boolean;
  rate_cents: number;
  window_size_minutes: number;
  follower_count: number;
}

function toOwnProfile(row: OwnRow): StoredProfile {
  return {
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    username: row.username,
    bio: row.bio,
    avatarKey: row.avatar_key,
    role: row.role,
    emailVerified: row.email_verified,
    isAgeVerified: row.is_age_verified,
    isAvailable: row.is_available,
    ratePerMinuteCents: row.rate_cents,
    windowSizeMinutes: row.window_size_minutes,
    payoutEnabled: row.payout_enabled,
    createdAt: row.created_at.toISOString(),
    version: row.version,
  };
}

export function toPublicProfile(row: PublicRow): StoredPublicProfile {
  return {
    id: row.id,
    displayName: row.display_name,
    username: row.username,
    bio: row.bio,
    avatarKey: row.avatar_key,
    isAvailable: row.is_available,
    ratePerMinuteCents: row.rate_cents,
    windowSizeMinutes: row.window_size_minutes,
    followerCount: row.follower_count,
  };
}
