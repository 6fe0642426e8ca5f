import { Temporal } from "temporal-polyfill";
import {
  clocksBetween,
  firstInstantOf,
  isSkipped,
  lastInstantOf,
  millisecondsPerDay,
  wallTimeAt,
} from "../clocks/rules";
import type { DateOverride } from "../overrides/rules";

/** Open hours on a weekday, 0 (Sunday) to 6, in minutes of that day. The end, up to 1440, is not part of it. */
export interface WeeklySlot {
  dayOfWeek: number;
  startMinute: number;
  endMinute: number;
}

/** Source: conventions, "availability". */
export const maxWeeklySlots = 70;

export const minutesPerDay = 24 * 60;
const daysPerWeek = 7;
const millisecondsPerMinute = 60_000;

/** A copy, by day and then by start. */
export function sortSlots(slots: readonly WeeklySlot[]): WeeklySlot[] {
  return slots.toSorted((a, b) => a.dayOfWeek - b.dayOfWeek || a.startMinute - b.startMinute);
}

/** The places in the list of those slots that overlap one before them. Slots that touch do not overlap. */
export function overlappingSlots(slots: readonly WeeklySlot[]): number[] {
  return slots.flatMap((slot, index) =>
    slots.slice(0, index).some((other) => areOverlapping(slot, other)) ? [index] : [],
  );
}

/** The Sunday that begins the UTC week of an instant, as YYYY-MM-DD. */
export function utcWeekStart(now: Date): string {
  const date = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO("UTC").toPlainDate();
  return date.subtract({ days: date.dayOfWeek % daysPerWeek }).toString();
}

/** An open stretch of time, in milliseconds since the epoch. The end is not part of it. */
export interface Opening {
  start: number;
  end: number;
}

/**
 * When a schedule, kept as wall time of `timezone`, is open from one instant to another: sorted, apart, and what touches
 * is one. A wall time that a clock change skips moves forward by what is skipped; of one that occurs twice, a start is
 * the first and an end the second. A date that the zone skips as a whole has no hours. An override's hours replace those
 * of its date's weekday. Source: lessons, "Time". This is the one way from a schedule to instants, whoever asks.
 * @throws RangeError for a zone that this runtime does not know.
 */
export function openingsBetween(
  slots: readonly WeeklySlot[],
  timezone: string,
  from: number,
  to: number,
  overrides: readonly DateOverride[] = [],
): Opening[] {
  if (from >= to) return [];
  const clocks = clocksBetween(timezone, from, to);
  const weekdays = Array.from({ length: daysPerWeek }, (_, day) => slots.filter(({ dayOfWeek }) => dayOfWeek === day));
  const dates = new Map(overrides.map(({ date, slots: own }) => [date, own]));
  const openings: Opening[] = [];
  // A time that moves over a gap may land on the date after its own.
  const firstDay = dayOf(wallTimeAt(clocks, from)) - 2;
  const lastDay = dayOf(wallTimeAt(clocks, to)) + 1;
  for (let day = firstDay; day <= lastDay; day += 1) {
    const midnight = day * millisecondsPerDay;
    const own = (dates.size > 0 ? dates.get(dateOf(day)) : undefined) ?? weekdays[weekdayOf(day)] ?? [];
    if (own.length === 0 || isSkipped(clocks, midnight)) continue;
    for (const { startMinute, endMinute } of own) {
      const start = firstInstantOf(clocks, midnight + startMinute * millisecondsPerMinute);
      const end = lastInstantOf(clocks, midnight + endMinute * millisecondsPerMinute);
      openings.push({ start: Math.max(from, start), end: Math.min(to, end) });
    }
  }
  return mergeOpenings(openings);
}

/** The date that a wall time falls on, in days since 1970-01-01. */
export function dayOf(wallTime: number): number {
  return Math.floor(wallTime / millisecondsPerDay);
}

/** The weekday of a date given in days since 1970-01-01, which was a Thursday; 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % daysPerWeek) + daysPerWeek) % daysPerWeek;
}

/** A date given in days since 1970-01-01, as YYYY-MM-DD. */
function dateOf(day: number): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/**
 * Openings as the seven days from `weekStartDate` (YYYY-MM-DD) show them to someone in `timezone`: wall time, split at
 * midnight, in the order of those days. Where clocks go back so that an opening would end before its start, it keeps its
 * length instead.
 * @throws RangeError for a zone that this runtime does not know.
 */
export function weekAsSeen(openings: readonly Opening[], timezone: string, weekStartDate: string): WeeklySlot[] {
  const weekStart = Temporal.PlainDate.from(weekStartDate);
  return Array.from({ length: daysPerWeek }, (_, days) => weekStart.add({ days })).flatMap((date) => {
    const dayStart = date.toZonedDateTime(timezone).epochMilliseconds;
    const dayEnd = date.add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds;
    return openings
      .map(({ start, end }) => ({ start: Math.max(start, dayStart), end: Math.min(end, dayEnd) }))
      .filter(({ start, end }) => start < end)
      .map(({ start, end }) => {
        const startMinute = minuteAt(start, timezone);
        const endMinute = end === dayEnd ? minutesPerDay : minuteAt(end, timezone);
        const length = Math.ceil((end - start) / millisecondsPerMinute);
        return {
          dayOfWeek: date.dayOfWeek % daysPerWeek,
          startMinute,
          endMinute: endMinute > startMinute ? endMinute : Math.min(minutesPerDay, startMinute + length),
        };
      });
  });
}

/** Weekly hours kept as wall time of `timezone`, as they fall in UTC in the week that begins on a Sunday. */
export function projectWeekToUtc(slots: readonly WeeklySlot[], timezone: string, weekStartDate: string): WeeklySlot[] {
  const from = Temporal.PlainDate.from(weekStartDate).toZonedDateTime("UTC").epochMilliseconds;
  const to = from + daysPerWeek * minutesPerDay * millisecondsPerMinute;
  return weekAsSeen(openingsBetween(slots, timezone, from, to), "UTC", weekStartDate);
}

/** The first instant after another at which the clocks of a zone change; null where they are not known to. */
export function nextClockChange(timezone: string, after: number): number | null {
  return localTime(after, timezone).getTimeZoneTransition("next")?.epochMilliseconds ?? null;
}

/**
 * Whether a name is that of an IANA zone. Found by using it: the runtime's own list leaves out UTC and names in use such
 * as Europe/Kyiv. Offsets and dates, which libraries take for zones too, are none. Source: lessons, "Time".
 */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Whether two slots share a minute; those that touch do not. */
export function areOverlapping(a: WeeklySlot, b: WeeklySlot): boolean {
  return a.dayOfWeek === b.dayOfWeek && a.startMinute < b.endMinute && b.startMinute < a.endMinute;
}

function localTime(instant: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
}

function minuteAt(instant: number, timezone: string): number {
  const { hour, minute } = localTime(instant, timezone);
  return hour * 60 + minute;
}

/** Sorted, apart, what touches joined, and none that is empty. */
export function mergeOpenings(openings: readonly Opening[]): Opening[] {
  const merged: Opening[] = [];
  for (const { start, end } of openings.toSorted((a, b) => a.start - b.start)) {
    // Both ends of a slot may fall into one skipped hour in such a way that nothing is left of it.
    if (start >= end) continue;
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
