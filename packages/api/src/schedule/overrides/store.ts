import type { Database } from "@parley/db";
import { exclusionViolation } from "@parley/db/errors";
import { scheduleToChange } from "../hours/store";
import type { DateOverride, DaySlot } from "./rules";

export type ReplaceDatesResult = "saved" | "overlapping" | "gone";

export type OverrideStore = ReturnType<typeof createOverrideStore>;

const selectOverrides = `SELECT s.timezone, coalesce(
    (SELECT json_agg(json_build_object('date', o.date, 'slots', coalesce(
        (SELECT json_agg(json_build_object('startMinute', t.start_minute, 'endMinute', t.end_minute)
            ORDER BY t.start_minute)
          FROM override_slots t WHERE t.schedule_id = o.schedule_id AND t.date = o.date), '[]')) ORDER BY o.date)
      FROM date_overrides o WHERE o.schedule_id = s.id AND o.date BETWEEN $2::date AND $3::date), '[]') AS overrides
  FROM schedules s WHERE s.user_id = $1`;

export function createOverrideStore({ pool, prisma }: Database) {
  return {
    /** From one date to another, both among them. Null for a person who never kept hours. */
    async find(
      userId: string,
      from: string,
      to: string,
    ): Promise<{ timezone: string; overrides: DateOverride[] } | null> {
      const { rows } = await pool.query<{ timezone: string; overrides: DateOverride[] }>({
        name: "overrides.find",
        text: selectOverrides,
        values: [userId, from, to],
      });
      return rows[0] ?? null;
    },

    /** Gives each of the dates these hours and no others, all of them or none. One save after another. */
    async replace(userId: string, dates: readonly string[], slots: readonly DaySlot[]): Promise<ReplaceDatesResult> {
      try {
        return await prisma.$transaction(async (tx): Promise<ReplaceDatesResult> => {
          const schedule = await scheduleToChange(tx, userId);
          if (schedule === null) return "gone";
          const { id } = schedule;
          await tx.$executeRaw`
            DELETE FROM date_overrides WHERE schedule_id = ${id}::uuid AND date = ANY(${dates}::date[])`;
          await tx.$executeRaw`
            INSERT INTO date_overrides (schedule_id, date) SELECT ${id}::uuid, unnest(${dates}::date[])`;
          await tx.$executeRaw`
            INSERT INTO override_slots (schedule_id, date, start_minute, end_minute)
            SELECT ${id}::uuid, date, slot.start_minute, slot.end_minute
            FROM unnest(${dates}::date[]) AS date CROSS JOIN unnest(
              ${slots.map(({ startMinute }) => startMinute)}::int[], ${slots.map(({ endMinute }) => endMinute)}::int[]
            ) AS slot (start_minute, end_minute)`;
          return "saved";
        });
      } catch (error) {
        if (exclusionViolation(error) === "override_slots_do_not_overlap") return "overlapping";
        throw error;
      }
    },

    /** Gives the dates from one to another their weekday's hours back. @returns how many had others. */
    async remove(userId: string, from: string, to: string): Promise<number> {
      const { rowCount } = await pool.query(
        `WITH person AS (UPDATE users SET hours_version = hours_version + 1 WHERE id = $1 RETURNING id)
         DELETE FROM date_overrides o USING person p JOIN schedules s ON s.user_id = p.id
         WHERE s.id = o.schedule_id AND o.date BETWEEN $2::date AND $3::date`,
        [userId, from, to],
      );
      return rowCount ?? 0;
    },
  };
}
