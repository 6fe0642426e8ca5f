import type { DateOverride, DaySlot } from "@parley/api/rules/schedule/overrides";
import { dayLength } from "@/components/zone-clock";
import type { Clock } from "@/features/schedule/clock";

/** Dates in a row, told by their midnight in UTC. Both ends belong to it. */
export interface DateRange {
  from: number;
  to: number;
}

/** Dates in a row that have the same hours of their own. */
export interface OverrideGroup extends DateRange {
  slots: readonly DaySlot[];
}

/** By date; a holiday is one group. */
export function groupsOf(overrides: readonly DateOverride[]): OverrideGroup[] {
  const groups: OverrideGroup[] = [];
  for (const { date, slots } of overrides) {
    const day = Date.parse(date);
    const last = groups.at(-1);
    if (last !== undefined && last.to + dayLength === day && isSame(last.slots, slots)) last.to = day;
    else groups.push({ from: day, to: day, slots });
  }
  return groups;
}

/** The hours that all dates of a range have for their own; null where they have none, or not the same. */
export function slotsOfAll(overrides: readonly DateOverride[], range: DateRange): readonly DaySlot[] | null {
  return groupsOf(overrides).find(({ from, to }) => from <= range.from && range.to <= to)?.slots ?? null;
}

export function isTouched(overrides: readonly DateOverride[], { from, to }: DateRange): boolean {
  return overrides.some(({ date }) => from <= Date.parse(date) && Date.parse(date) <= to);
}

export function daysIn({ from, to }: DateRange): number {
  return (to - from) / dayLength + 1;
}

/** "Thursday 24 December 2026", or "24 December 2026 – 2 January 2027". */
export function rangeWords({ from, to }: DateRange, locale: string, length: "long" | "short" = "long"): string {
  const options = { day: "numeric", month: length, year: "numeric", timeZone: "UTC" } as const;
  const weekday = length === "long" ? "long" : "short";
  if (from === to) return new Intl.DateTimeFormat(locale, { ...options, weekday }).format(from);
  return new Intl.DateTimeFormat(locale, options).formatRange(from, to);
}

/** "Closed", or "09:00 – 12:00, 13:00 – 17:00". */
export function hoursWords(slots: readonly DaySlot[], clock: Clock): string {
  if (slots.length === 0) return "Closed";
  return slots.map((slot) => clock.range({ dayOfWeek: 0, ...slot })).join(", ");
}

function isSame(a: readonly DaySlot[], b: readonly DaySlot[]): boolean {
  const spell = (slots: readonly DaySlot[]) => slots.map(({ startMinute, endMinute }) => `${startMinute} ${endMinute}`);
  return spell(a).join() === spell(b).join();
}
