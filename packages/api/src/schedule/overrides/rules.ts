import { Temporal } from "temporal-polyfill";

/** Open hours of one date, in minutes of that day. The end, up to 1440, is not part of it. */
export interface DaySlot {
  startMinute: number;
  endMinute: number;
}

/** A local date of the schedule's zone with hours of its own instead of its weekday's; without slots it is closed. */
export interface DateOverride {
  /** YYYY-MM-DD */
  date: string;
  /** By start, apart. */
  slots: readonly DaySlot[];
}

/** The most dates that one range may hold, its first and its last among them. */
export const maxRangeDays = 366;

/** How far from today a date may have hours of its own: what one person keeps must have an end. */
export const maxDaysFromToday = 1_098;

/** A copy, by start. */
export function sortDaySlots(slots: readonly DaySlot[]): DaySlot[] {
  return slots.toSorted((a, b) => a.startMinute - b.startMinute);
}

/** Days from one date to another; negative where the other comes before it. */
export function daysFrom(date: string, other: string): number {
  return Temporal.PlainDate.from(date).until(other, { largestUnit: "day" }).days;
}

/** All dates from one to another, both among them. */
export function datesBetween(from: string, to: string): string[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: daysFrom(from, to) + 1 }, (_, days) => first.add({ days }).toString());
}
