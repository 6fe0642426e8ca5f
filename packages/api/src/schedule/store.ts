import type { Database } from "@parley/db";
import { exclusionViolation } from "@parley/db/errors";
import { scheduleToChange } from "./hours/store";
import type { WeeklySlot } from "./weekly/rules";

/** Weekly hours as wall time of their own zone, sorted by day, then start. */
export interface WeeklySchedule {
  timezone: string;
  slots: WeeklySlot[];
}

export type ReplaceWeekResult =
  | { outcome: "saved"; version: number }
  | { outcome: "changed" }
  | { outcome: "overlapping" }
  | { outcome: "gone" };

export type ScheduleStore = ReturnType<typeof createScheduleStore>;

const selectSchedule = `SELECT s.timezone, s.version, coalesce(
    json_agg(
      json_build_object('dayOfWeek', w.day_of_week, 'startMinute', w.start_minute, 'endMinute', w.end_minute)
      ORDER BY w.day_of_week, w.start_minute
    ) FILTER (WHERE w.schedule_id IS NOT NULL), '[]') AS slots
  FROM schedules s LEFT JOIN weekly_slots w ON w.schedule_id = s.id
  WHERE s.user_id = $1
  GROUP BY s.id`;

export function createScheduleStore({ pool, prisma }: Database) {
  return {
    async find(userId: string): Promise<(WeeklySchedule & { version: number }) | null> {
      const { rows } = await pool.query<WeeklySchedule & { version: number }>({
        name: "schedule.find",
        text: selectSchedule,
        values: [userId],
      });
      return rows[0] ?? null;
    },

    /**
     * Replaces zone and slots as a whole, one save after another. Saving what is there already changes nothing.
     * `slots` are sorted; `expectedVersion` 0 is that of a schedule which was never saved.
     */
    async replaceWeek(userId: string, week: WeeklySchedule, expectedVersion?: number): Promise<ReplaceWeekResult> {
      try {
        return await prisma.$transaction(async (tx): Promise<ReplaceWeekResult> => {
          const before = await scheduleToChange(tx, userId);
          if (before === null) return { outcome: "gone" };
          if (expectedVersion !== undefined && expectedVersion !== before.version) return { outcome: "changed" };

          const scheduleId = before.id;
          const slots = await tx.weeklySlot.findMany({
            where: { scheduleId },
            select: { dayOfWeek: true, startMinute: true, endMinute: true },
            orderBy: [{ dayOfWeek: "asc" }, { startMinute: "asc" }],
          });
          if (before.timezone === week.timezone && areSame(slots, week.slots)) {
            return { outcome: "saved", version: before.version };
          }
          await tx.weeklySlot.deleteMany({ where: { scheduleId } });
          await tx.weeklySlot.createMany({ data: week.slots.map((slot) => ({ scheduleId, ...slot })) });
          const { version } = await tx.schedule.update({
            where: { id: scheduleId },
            data: { timezone: week.timezone, version: { increment: 1 }, updatedAt: new Date() },
            select: { version: true },
          });
          return { outcome: "saved", version };
        });
      } catch (error) {
        if (exclusionViolation(error) === "weekly_slots_do_not_overlap") return { outcome: "overlapping" };
        throw error;
      }
    },
  };
}

function areSame(a: readonly WeeklySlot[], b: readonly WeeklySlot[]): boolean {
  return (
    a.length === b.length &&
    a.every((slot, index) => {
      const other = b[index];
      return (
        slot.dayOfWeek === other?.dayOfWeek &&
        slot.startMinute === other.startMinute &&
        slot.endMinute === other.endMinute
      );
    })
  );
}
