import { Temporal } from "temporal-polyfill";

/** Open hours on a weekday, 0 (Sunday) to 6, in minutes of that day. The end, up to 1440, is not part of it. */
export interface WeeklySlot {
  dayOfWeek: number;
  startMinute: number;
  endMinute: number;
}

export const minutesPerDay = 24 * 60;
const daysPerWeek = 7;

/** A copy, by day and then by start. */
export function sortSlots(slots: readonly WeeklySlot[]): WeeklySlot[] {
  return slots.toSorted((a, b) => a.dayOfWeek - b.dayOfWeek || a.startMinute - b.startMinute);
}

/** The places in the list of those slots that overlap one before them. Slots that touch do not overlap. */
export function overlappingSlots(slots: readonly WeeklySlot[]): number[] {
  return slots.flatMap((slot, index) => (slots.slice(0, index).some((other) => overlap(slot, other)) ? [index] : []));
}

/** The Sunday that begins the UTC week of an instant, as YYYY-MM-DD. */
export function utcWeekStart(now: Date): string {
  const date = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO("UTC").toPlainDate();
  return date.subtract({ days: date.dayOfWeek % daysPerWeek }).toString();
}

/**
 * The open hours, in UTC, of the seven UTC days from `weekStartDate` (a Sunday, YYYY-MM-DD), for weekly hours kept as
 * wall time of `timezone`. What crosses midnight in UTC is split there, what touches within a day is joined; sorted.
 * A wall time that a clock change skips moves forward by what is skipped; of one that occurs twice, a start is the
 * first and an end the second. A date that the zone skips as a whole has no hours. Source: lessons, "Time".
 * @throws RangeError for a zone that this runtime does not know.
 */
export function projectWeekToUtc(slots: readonly WeeklySlot[], timezone: string, weekStartDate: string): WeeklySlot[] {
  const weekStart = Temporal.PlainDate.from(weekStartDate);
  const origin = weekStart.toZonedDateTime("UTC").epochMilliseconds;
  const intervals: Interval[] = [];
  // A UTC week reaches into the local dates before and after it.
  for (let offset = -1; offset <= daysPerWeek; offset += 1) {
    const date = weekStart.add({ days: offset });
    if (!date.toZonedDateTime(timezone).toPlainDate().equals(date)) continue;
    for (const slot of slots.filter(({ dayOfWeek }) => dayOfWeek === date.dayOfWeek % daysPerWeek)) {
      const start = wallMinute(date, slot.startMinute).toZonedDateTime(timezone, { disambiguation: "compatible" });
      const end = wallMinute(date, slot.endMinute).toZonedDateTime(timezone, { disambiguation: "later" });
      intervals.push({ start: minutesSince(origin, start), end: minutesSince(origin, end) });
    }
  }
  return splitByDay(merge(intervals));
}

/** Minutes since the week began; may lie outside of it. */
interface Interval {
  start: number;
  end: number;
}

function overlap(a: WeeklySlot, b: WeeklySlot): boolean {
  return a.dayOfWeek === b.dayOfWeek && a.startMinute < b.endMinute && b.startMinute < a.endMinute;
}

function wallMinute(date: Temporal.PlainDate, minute: number): Temporal.PlainDateTime {
  return date.toPlainDateTime().add({ minutes: minute });
}

function minutesSince(originMilliseconds: number, time: Temporal.ZonedDateTime): number {
  return Math.floor((time.epochMilliseconds - originMilliseconds) / 60_000);
}

function merge(intervals: Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    // Both ends of a slot may fall into one skipped hour in such a way that nothing is left of it.
    if (start >= end) continue;
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function splitByDay(intervals: readonly Interval[]): WeeklySlot[] {
  const days = Array.from({ length: daysPerWeek }, (_, dayOfWeek) => dayOfWeek);
  return days.flatMap((dayOfWeek) => {
    const midnight = dayOfWeek * minutesPerDay;
    return intervals
      .map(({ start, end }) => ({
        dayOfWeek,
        startMinute: Math.max(0, start - midnight),
        endMinute: Math.min(minutesPerDay, end - midnight),
      }))
      .filter(({ startMinute, endMinute }) => startMinute < endMinute);
  });
}
