import { nextClockChange, openingsBetween, type WeeklySlot, weekAsSeen } from "@parley/api/rules/schedule/weekly";
import { Temporal } from "temporal-polyfill";

const daysPerWeek = 7;
const dayLength = 86_400_000;

/** The date on which a week begins for someone in a zone: that of an instant, or weeks after it. YYYY-MM-DD. */
export function weekStartFor(now: number, timezone: string, firstDay: number, weeksLater = 0): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  const daysBack = (today.dayOfWeek - firstDay + daysPerWeek) % daysPerWeek;
  return today.subtract({ days: daysBack }).add({ weeks: weeksLater }).toString();
}

/** The seven days from a date as a viewer sees them: the server's own rule, from the schedule to the viewer's clocks. */
export function weekSeenFrom(
  slots: readonly WeeklySlot[],
  timezone: string,
  viewerTimezone: string,
  weekStartDate: string,
): WeeklySlot[] {
  const start = Temporal.PlainDate.from(weekStartDate);
  const end = start.add({ days: daysPerWeek });
  const from = start.toZonedDateTime(viewerTimezone).epochMilliseconds;
  const to = end.toZonedDateTime(viewerTimezone).epochMilliseconds;
  return weekAsSeen(openingsBetween(slots, timezone, from, to), viewerTimezone, weekStartDate);
}

/** Weekly hours written in another zone, so that they are the same moments in the present week. */
export function weekInZone(slots: readonly WeeklySlot[], timezone: string, other: string, now: number): WeeklySlot[] {
  return weekSeenFrom(slots, timezone, other, weekStartFor(now, other, 0));
}

/** How far ahead of a zone another is at an instant, in minutes. */
export function minutesAhead(timezone: string, other: string, instant: number): number {
  const offset = (zone: string) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
  return Math.round(offset(other) - offset(timezone));
}

export interface ClockChange {
  instant: number;
  /** The zones whose clocks change then. */
  timezones: string[];
  /** How many weeks from now the first whole week after it is. */
  weeksLater: number;
}

/** The next change of clocks in each of the zones, within a year, in order. */
export function clockChanges(timezones: readonly string[], now: number): ClockChange[] {
  const changes = new Map<number, string[]>();
  for (const timezone of new Set(timezones)) {
    const instant = nextClockChange(timezone, now);
    if (instant === null || instant > now + 365 * dayLength) continue;
    changes.set(instant, [...(changes.get(instant) ?? []), timezone]);
  }
  return [...changes]
    .toSorted(([a], [b]) => a - b)
    .map(([instant, zones]) => ({
      instant,
      timezones: zones,
      weeksLater: Math.floor((instant - now) / (daysPerWeek * dayLength)) + 1,
    }));
}
