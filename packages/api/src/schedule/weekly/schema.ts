import { z } from "zod";
import { minuteOfDay, text } from "../../primitives";
import { isTimezone, maxWeeklySlots, minutesPerDay, overlappingSlots, type WeeklySlot } from "./rules";

const slotShape = z.object({
  /** 0 is Sunday. */
  dayOfWeek: z.int().min(0).max(6),
  startMinute: minuteOfDay,
  /** Up to the day's end. */
  endMinute: minuteOfDay,
});

/** Open hours on one weekday. */
const weeklySlot = slotShape.meta({ id: "WeeklySlot" });

type Issues = z.core.$ZodRawIssue[];
type Hours = Omit<WeeklySlot, "dayOfWeek">;

/** A check of hours that end before they start, or never start. */
export function reportDisorder({ value, issues }: { value: Hours; issues: Issues }): void {
  const report = (field: keyof Hours, message: string) =>
    issues.push({ code: "custom", message, input: value[field], path: [field] });
  if (value.startMinute === minutesPerDay) report("startMinute", "must be before the end of the day");
  else if (value.startMinute >= value.endMinute) report("endMinute", "must be after the start");
}

/** A check of slots that share a minute of their day with one before them. */
export function reportOverlaps({ value, issues }: { value: readonly WeeklySlot[]; issues: Issues }): void {
  for (const index of overlappingSlots(value)) {
    issues.push({
      code: "custom",
      message: "overlaps another slot on the same day",
      input: value[index],
      path: [index],
    });
  }
}

const newWeeklySlot = slotShape.check(reportDisorder);

export const saveWeeklyInput = z.object({
  slots: z.array(newWeeklySlot).max(maxWeeklySlots).check(reportOverlaps),
  /** The version that was read; 0 where there were no hours yet. */
  expectedVersion: z.int().optional(),
});
export type SaveWeekly = z.infer<typeof saveWeeklyInput>;

/** Weekly hours in UTC, sorted by day, then start. */
export const weeklyHours = z
  .object({
    slots: z.array(weeklySlot),
    /** The zone in which the hours are kept. Where it is not UTC, `slots` tell what they are in UTC this week. */
    timezone: z.string(),
    /** Raised by every change; 0 where there are no hours yet. */
    version: z.int().min(0),
  })
  .meta({ id: "WeeklyHours" });
export type WeeklyHours = z.infer<typeof weeklyHours>;

/** An IANA zone, kept as it was sent: "Asia/Calcutta" and "Asia/Kolkata" are both names that people look for. */
export const timezone = text({ min: 1, max: 64 }).refine(isTimezone, "must be an IANA time zone such as Europe/Berlin");

/** Weekly hours as wall time of the zone in which they are kept, sorted by day, then start. */
export const localWeek = z
  .object({
    timezone: z.string(),
    slots: z.array(weeklySlot),
    /** Raised by every change; 0 where there are no hours yet. */
    version: z.int().min(0),
  })
  .meta({ id: "LocalWeek" });
export type LocalWeek = z.infer<typeof localWeek>;

export const saveLocalWeekInput = saveWeeklyInput.extend({
  timezone,
  /** The version that was read, for those who send back what they have read. A stale one is a conflict. */
  version: z.int().optional(),
});
export type SaveLocalWeek = z.infer<typeof saveLocalWeekInput>;
