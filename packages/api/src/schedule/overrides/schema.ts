import { z } from "zod";
import { calendarDate, minuteOfDay } from "../../primitives";
import { reportDisorder, reportOverlaps } from "../weekly/schema";
import { daysFrom, maxRangeDays } from "./rules";

/** Of one date. */
export const maxDaySlots = 24;

const slotShape = z.object({
  startMinute: minuteOfDay,
  /** Up to the day's end. */
  endMinute: minuteOfDay,
});

/** Open hours on one date. */
const daySlot = slotShape.meta({ id: "DaySlot" });

const newSlots = z
  .array(slotShape.check(reportDisorder))
  .max(maxDaySlots)
  .check(({ value, issues }) => {
    reportOverlaps({ value: value.map((slot) => ({ dayOfWeek: 0, ...slot })), issues });
  });

const range = z.object({ from: calendarDate, to: calendarDate });

/** Both ends belong to it. */
function reportRange({ value, issues }: { value: z.infer<typeof range>; issues: z.core.$ZodRawIssue[] }): void {
  const days = daysFrom(value.from, value.to) + 1;
  const report = (message: string) => issues.push({ code: "custom", message, input: value.to, path: ["to"] });
  if (days < 1) report("must not be before the first day");
  else if (days > maxRangeDays) report(`must make at most ${maxRangeDays} days with the first`);
}

/** A date with hours of its own, in the schedule's zone; without slots it is closed. */
export const dateOverride = z.object({ date: calendarDate, slots: z.array(daySlot) }).meta({ id: "DateOverride" });
export type SavedOverride = z.infer<typeof dateOverride>;

/** Both dates are part of what is asked for. */
export const overridesInput = range.check(reportRange);
export type OverridesRange = z.infer<typeof overridesInput>;

/** By date. */
export const overrides = z
  .object({
    overrides: z.array(dateOverride),
    /** The zone whose dates these are. */
    timezone: z.string(),
  })
  .meta({ id: "DateOverrides" });
export type Overrides = z.infer<typeof overrides>;

export const saveOverrideInput = z.object({ date: calendarDate, slots: newSlots });
export type SaveOverride = z.infer<typeof saveOverrideInput>;

/** The same hours, or none, for every date of a range. */
export const saveOverridesInput = range.extend({ slots: newSlots }).check(reportRange);
export type SaveOverrides = z.infer<typeof saveOverridesInput>;

export const savedOverrides = z.object({ overrides: z.array(dateOverride) }).meta({ id: "SavedOverrides" });
export type SavedOverrides = z.infer<typeof savedOverrides>;

export const removeOverrideInput = z.object({ date: calendarDate });
