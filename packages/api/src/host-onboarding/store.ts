import type { Database } from "@parley/db";
import { isUsernameTaken } from "../profile/store";
import type { BecomeHost, PlannedRate } from "./schema";

export type BecomeHostResult = "became_host" | "username_taken" | "not_eligible";

export type HostOnboardingStore = ReturnType<typeof createHostOnboardingStore>;

const becomeHost = `UPDATE users SET
    role = 'host',
    username = $2,
    bio = CASE WHEN $3::boolean THEN $4 ELSE bio END,
    rate_cents = $5,
    window_size_minutes = $6
  WHERE id = $1 AND deleted_at IS NULL
    AND role IN ('user', 'verified_user') AND email_verified_at IS NOT NULL AND age_verified_at IS NOT NULL`;

/** A host's facts live in the person's row: each change is one statement that also decides whether it may be made. */
export function createHostOnboardingStore({ pool }: Database) {
  return {
    async becomeHost(userId: string, input: BecomeHost): Promise<BecomeHostResult> {
      const { username, bio, ratePerMinuteCents, windowSizeMinutes } = input;
      const values = [userId, username, bio !== undefined, bio ?? null, ratePerMinuteCents, windowSizeMinutes];
      try {
        const { rowCount } = await pool.query(becomeHost, values);
        return rowCount === 1 ? "became_host" : "not_eligible";
      } catch (error) {
        if (isUsernameTaken(error)) return "username_taken";
        throw error;
      }
    },

    /** Null: no such account, or a host's or an administrator's. */
    async planRate(userId: string, planned: PlannedRate): Promise<PlannedRate | null> {
      const { rowCount } = await pool.query(
        "UPDATE users SET rate_cents = $2, window_size_minutes = $3 WHERE id = $1 AND role IN ('user', 'verified_user') AND deleted_at IS NULL",
        [userId, planned.ratePerMinuteCents, planned.windowSizeMinutes],
      );
      return rowCount === 1 ? planned : null;
    },

    /** Null: no such account. */
    async setRate(userId: string, rateCents: number): Promise<number | null> {
      const { rows } = await pool.query<{ rate_cents: number }>(
        "UPDATE users SET rate_cents = $2 WHERE id = $1 AND role IN ('host', 'admin') AND deleted_at IS NULL RETURNING rate_cents",
        [userId, rateCents],
      );
      return rows[0]?.rate_cents ?? null;
    },

    /** Null: no such host. */
    async setWindow(userId: string, minutes: number): Promise<number | null> {
      const { rows } = await pool.query<{ window_size_minutes: number }>(
        "UPDATE users SET window_size_minutes = $2 WHERE id = $1 AND role = 'host' AND deleted_at IS NULL RETURNING window_size_minutes",
        [userId, minutes],
      );
      return rows[0]?.window_size_minutes ?? null;
    },

    /** Undefined flips the present state, whatever it is when the row is written. Null: no such host. */
    async setAvailable(userId: string, isAvailable: boolean | undefined): Promise<boolean | null> {
      const { rows } = await pool.query<{ is_available: boolean }>(
        "UPDATE users SET is_available = coalesce($2::boolean, NOT is_available) WHERE id = $1 AND role = 'host' AND deleted_at IS NULL RETURNING is_available",
        [userId, isAvailable ?? null],
      );
      return rows[0]?.is_available ?? null;
    },
  };
}
