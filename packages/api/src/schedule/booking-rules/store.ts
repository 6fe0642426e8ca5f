import type { Database } from "@parley/db";
import type { BookingRules } from "./rules";

export type SaveBookingRulesResult =
  | { outcome: "saved"; version: number }
  | { outcome: "changed" }
  | { outcome: "gone" };

export type BookingRulesStore = ReturnType<typeof createBookingRulesStore>;

const selectRules = `SELECT durations_minutes AS "durationsMinutes", step_minutes AS "stepMinutes",
    buffer_before_minutes AS "bufferBeforeMinutes", buffer_after_minutes AS "bufferAfterMinutes",
    minimum_notice_minutes AS "minimumNoticeMinutes", window_days AS "windowDays", max_per_day AS "maxPerDay",
    requires_consent AS "requiresConsent", version
  FROM booking_rules WHERE host_id = $1`;

// One statement, so that of two savers at the same time one comes second. Rules are never deleted while their host is
// there: one that exists to this statement's eyes is still there when its turn has come. The person's row comes first, as
// it does for whoever books.
const upsertRules = `WITH person AS (
    UPDATE users SET hours_version = hours_version + 1 WHERE id = $1 AND deleted_at IS NULL RETURNING id
  )
  INSERT INTO booking_rules AS present (host_id, durations_minutes, step_minutes,
    buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes, window_days, max_per_day, requires_consent)
  SELECT id, $2::int[], $3::int, $4::int, $5::int, $6::int, $7::int, $8::int, $9::boolean FROM person
  WHERE (coalesce($10::int, 0) = 0 OR EXISTS (SELECT FROM booking_rules WHERE host_id = $1))
  ON CONFLICT (host_id) DO UPDATE SET
    durations_minutes = excluded.durations_minutes,
    step_minutes = excluded.step_minutes,
    buffer_before_minutes = excluded.buffer_before_minutes,
    buffer_after_minutes = excluded.buffer_after_minutes,
    minimum_notice_minutes = excluded.minimum_notice_minutes,
    window_days = excluded.window_days,
    max_per_day = excluded.max_per_day,
    requires_consent = excluded.requires_consent,
    version = present.version + CASE WHEN
      (present.durations_minutes, present.step_minutes, present.buffer_before_minutes, present.buffer_after_minutes,
        present.minimum_notice_minutes, present.window_days, present.max_per_day, present.requires_consent)
      IS DISTINCT FROM
      (excluded.durations_minutes, excluded.step_minutes, excluded.buffer_before_minutes, excluded.buffer_after_minutes,
        excluded.minimum_notice_minutes, excluded.window_days, excluded.max_per_day, excluded.requires_consent)
      THEN 1 ELSE 0 END,
    updated_at = now()
  WHERE $10::int IS NULL OR present.version = $10::int
  RETURNING version`;

export function createBookingRulesStore({ pool }: Database) {
  return {
    /** Null for a host who never set any. */
    async find(hostId: string): Promise<(BookingRules & { version: number }) | null> {
      const { rows } = await pool.query<BookingRules & { version: number }>({
        name: "bookingRules.find",
        text: selectRules,
        values: [hostId],
      });
      return rows[0] ?? null;
    },

    /** Replaces all rules. Saving what is there already changes nothing. */
    async save(hostId: string, rules: BookingRules, expectedVersion?: number): Promise<SaveBookingRulesResult> {
      const { rows } = await pool.query<{ version: number }>(upsertRules, [
        hostId,
        rules.durationsMinutes,
        rules.stepMinutes,
        rules.bufferBeforeMinutes,
        rules.bufferAfterMinutes,
        rules.minimumNoticeMinutes,
        rules.windowDays,
        rules.maxPerDay,
        rules.requiresConsent,
        expectedVersion ?? null,
      ]);
      if (rows[0] !== undefined) return { outcome: "saved", version: rows[0].version };
      const users = await pool.query("SELECT FROM users WHERE id = $1 AND deleted_at IS NULL", [hostId]);
      return { outcome: users.rowCount === 0 ? "gone" : "changed" };
    },
  };
}
