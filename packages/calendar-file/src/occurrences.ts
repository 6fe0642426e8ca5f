import ICAL from "ical.js";
import type { BoundedWork } from "./bounded-work";
import { type CalendarEntry, endOf, type Length } from "./calendar-entry";
import { instantOf, roughInstantOf, roughnessMs, wallTimeOf } from "./wall-time";

/** Milliseconds since the epoch; the end is not part of it. */
export interface BusyTime {
  start: number;
  end: number;
}

export interface BusyTimesOptions {
  /** What lies outside is cut off. Milliseconds since the epoch. */
  from: number;
  to: number;
  /** In which dates, and times that name no zone, are meant. */
  timezone: string;
  /** Entries to leave out, by UID. */
  isIgnored?(uid: string): boolean;
}

interface Occurrence extends BusyTime {
  /** What an entry that replaces it calls it by. */
  at: number;
}

/** The busy times of the entries that share a UID: of what repeats, and of what replaces one or more of its occurrences. */
export async function* occurrencesOf(
  series: readonly CalendarEntry[],
  work: BoundedWork,
  options: BusyTimesOptions,
): AsyncGenerator<BusyTime> {
  const replacements = series.filter(({ replaces }) => replaces !== null);
  const replaced = new Set(replacements.map(({ replaces }) => replaces?.start));
  const onwards = replacements
    .filter(({ replaces }) => replaces?.isOnwards)
    .sort((a, b) => (b.replaces?.start ?? 0) - (a.replaces?.start ?? 0));
  for (const entry of series) {
    if (entry.replaces !== null) {
      if (entry.isBusy) yield timeOf(entry, options);
      continue;
    }
    const exceptions = new Set(entry.exceptions);
    for (const occurrence of onceEach(await writtenOut(entry, work, options))) {
      if (exceptions.has(occurrence.at) || replaced.has(occurrence.at)) continue;
      const since = onwards.find(({ replaces }) => (replaces?.start ?? 0) < occurrence.at);
      if (since === undefined ? entry.isBusy : since.isBusy) yield moved(occurrence, since, options);
    }
  }
}

/** An occurrence after one that was moved together with all that follow it. */
function moved(occurrence: Occurrence, since: CalendarEntry | undefined, options: BusyTimesOptions): BusyTime {
  if (since === undefined || since.replaces === null) return occurrence;
  const first = timeOf(since, options);
  const start = occurrence.start + (first.start - since.replaces.start);
  return { start, end: start + (first.end - first.start) };
}

function timeOf({ start, tzid, length }: CalendarEntry, { timezone }: BusyTimesOptions): Occurrence {
  const at = instantOf(start, tzid, timezone);
  return { at, start: at, end: endOf(start, at, length, timezone) };
}

/** Every start there is between `from` and `to`, or before with an end after `from`. */
async function writtenOut(entry: CalendarEntry, work: BoundedWork, options: BusyTimesOptions): Promise<Occurrence[]> {
  const first = timeOf(entry, options);
  const occurrences = [first];
  for (const { start, length } of entry.dates) {
    occurrences.push({ at: start, start, end: start + ("ms" in length ? length.ms : 0) });
  }
  for (const rule of entry.rules) {
    bringUntilHome(rule, entry, options.timezone);
    const reach = roughLengthMs(entry.length) + roughnessMs;
    const horizon = options.to + roughnessMs;
    const dates = work.iterate(rule, laterStart(rule, entry.start, options.from - reach), horizon);
    for (let date = dates.next(); date; date = dates.next()) {
      await work.rest();
      const rough = roughInstantOf(date);
      if (!(rough <= horizon)) break;
      if (rough + reach < options.from) continue;
      const at = instantOf(date, entry.tzid, options.timezone);
      occurrences.push({ at, start: at, end: endOf(date, at, entry.length, options.timezone) });
    }
  }
  return occurrences;
}

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Where to begin to look: for a rule of days or weeks, whole rounds of it after its start but still before an instant.
 * A meeting that has gone on for ten years costs no more than one that began today. A rule that counts cannot skip.
 */
function laterStart(rule: ICAL.Recur, start: ICAL.Time, before: number): ICAL.Time {
  const unitDays = rule.freq === "DAILY" ? 1 : rule.freq === "WEEKLY" ? 7 : null;
  if (unitDays === null || rule.count || start.year < 1900) return start;
  const roundMs = unitDays * (rule.interval || 1) * dayMs;
  const rounds = Math.floor((before - roughInstantOf(start)) / roundMs);
  if (!(rounds > 0)) return start;
  const later = new Date(roughInstantOf(start) + rounds * roundMs);
  const { hour, minute, second, isDate } = start;
  const date = { year: later.getUTCFullYear(), month: later.getUTCMonth() + 1, day: later.getUTCDate() };
  return new ICAL.Time({ ...date, hour, minute, second, isDate }, start.zone);
}

/**
 * The library compares the end of a rule with times as if both were of one kind: it is made to be. An end that is a date
 * holds for all of that day.
 */
function bringUntilHome(rule: ICAL.Recur, { start, tzid }: CalendarEntry, timezone: string): void {
  const { until } = rule;
  if (!until) return;
  if (until.isDate && !start.isDate) {
    const { year, month, day } = until;
    rule.until = new ICAL.Time({ year, month, day, hour: 23, minute: 59, second: 59, isDate: false }, start.zone);
  } else if (until.zone === ICAL.Timezone.utcTimezone && start.zone === ICAL.Timezone.localTimezone) {
    rule.until = wallTimeOf(until, tzid, timezone);
  }
}

function onceEach(occurrences: readonly Occurrence[]): Iterable<Occurrence> {
  return new Map(occurrences.map((occurrence) => [occurrence.at, occurrence])).values();
}

function roughLengthMs(length: Length): number {
  return "ms" in length ? length.ms : (length.days + 1) * dayMs;
}
