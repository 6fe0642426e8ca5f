import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";

/**
 * The instant, in milliseconds since the epoch, at which a time of a calendar file falls. A zone that the file defines
 * is as it defines it; one that it only names is the one known by that name; a time without any is wall time of
 * `timezone`, and a date begins as the day begins there.
 */
export function instantOf(time: ICAL.Time, tzid: string | null, timezone: string): number {
  const { year, month, day, hour, minute, second } = time;
  if (time.isDate) return startOfDay(time, 0, timezone);
  if (time.zone === ICAL.Timezone.utcTimezone) return Date.UTC(year, month - 1, day, hour, minute, second);
  if (time.zone !== ICAL.Timezone.localTimezone) return time.toUnixTime() * 1_000;
  const wall = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second });
  return wall.toZonedDateTime(wallZone(tzid, timezone)).epochMilliseconds;
}

/** When a date, or one some days after it, begins in a zone. */
export function startOfDay({ year, month, day }: ICAL.Time, daysLater: number, timezone: string): number {
  return Temporal.PlainDate.from({ year, month, day }).add({ days: daysLater }).toZonedDateTime(timezone)
    .epochMilliseconds;
}

/** As the library compares times without a zone of the file's: an instant in UTC as wall time. */
export function wallTimeOf(utc: ICAL.Time, tzid: string | null, timezone: string): ICAL.Time {
  const wall = Temporal.Instant.fromEpochMilliseconds(utc.toUnixTime() * 1_000).toZonedDateTimeISO(
    wallZone(tzid, timezone),
  );
  const { year, month, day, hour, minute, second } = wall;
  return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.localTimezone);
}

/** A time as if it were UTC: within `roughnessMs` of its instant, whatever its zone, and cheap. */
export function roughInstantOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The most that an offset in a file can say is 99:59. */
export const roughnessMs = 5 * 24 * 60 * 60 * 1_000;

function wallZone(tzid: string | null, timezone: string): string {
  if (tzid === null) return timezone;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: tzid }).resolvedOptions().timeZone;
  } catch {
    return timezone;
  }
}
