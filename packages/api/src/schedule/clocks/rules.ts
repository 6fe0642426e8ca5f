import { Temporal } from "temporal-polyfill";

/** A moment at which the clocks of a zone change: how far ahead of UTC they are before and after, in milliseconds. */
export interface ClockChange {
  at: number;
  before: number;
  after: number;
}

/**
 * How the clocks of one zone run over some years. With it wall time is reckoned in whole numbers, as milliseconds that
 * would be since the epoch if the wall clock showed UTC.
 */
export interface Clocks {
  /** How far ahead of UTC they are before the first change. */
  offset: number;
  /** In order. */
  changes: readonly ClockChange[];
}

export const millisecondsPerDay = 24 * 60 * 60_000;

/** Clocks are looked up by stretches of this length, each once: asking the zone is dear, and the answer never changes. */
const stretch = 366 * millisecondsPerDay;
/** So far from a change may wall times be that it touches: a skipped day, and the farthest zones. */
const reach = 3 * millisecondsPerDay;
const maxStretches = 4_000;
const stretches = new Map<string, Clocks>();

/**
 * How the clocks of a zone run from one instant to another, and some days around.
 * @throws RangeError for a zone that this runtime does not know.
 */
export function clocksBetween(timezone: string, from: number, to: number): Clocks {
  const first = Math.floor((from - reach) / stretch);
  const last = Math.floor((to + reach) / stretch);
  const start = clocksOf(timezone, first);
  if (first === last) return start;
  const changes = [...start.changes];
  for (let index = first + 1; index <= last; index += 1) changes.push(...clocksOf(timezone, index).changes);
  return { offset: start.offset, changes };
}

/** What the clocks show at an instant. */
export function wallTimeAt({ offset, changes }: Clocks, instant: number): number {
  let present = offset;
  for (const change of changes) {
    if (instant < change.at) break;
    present = change.after;
  }
  return instant + present;
}

/** When a wall time comes, the first time if it comes twice. One that is skipped moves forward by what is skipped. */
export function firstInstantOf({ offset, changes }: Clocks, wallTime: number): number {
  let present = offset;
  for (const { at, before, after } of changes) {
    if (wallTime < at + Math.max(before, after)) break;
    present = after;
  }
  return wallTime - present;
}

/** When a wall time comes, the last time if it comes twice. One that is skipped moves forward by what is skipped. */
export function lastInstantOf({ offset, changes }: Clocks, wallTime: number): number {
  let present = offset;
  for (const { at, after } of changes) {
    if (wallTime < at + after) break;
    present = after;
  }
  return wallTime - present;
}

/** Whether a date, by the wall time of its midnight, is there at all: Samoa went without the 30th of December 2011. */
export function isSkipped({ changes }: Clocks, midnight: number): boolean {
  return changes.some(
    ({ at, before, after }) => at + before <= midnight && midnight + millisecondsPerDay <= at + after,
  );
}

function clocksOf(timezone: string, index: number): Clocks {
  const key = `${timezone} ${index}`;
  const known = stretches.get(key);
  if (known !== undefined) return known;
  const clocks = readClocks(timezone, index * stretch, (index + 1) * stretch);
  if (stretches.size >= maxStretches) stretches.clear();
  stretches.set(key, clocks);
  return clocks;
}

function readClocks(timezone: string, from: number, to: number): Clocks {
  let time = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone);
  const offset = offsetOf(time);
  const changes: ClockChange[] = [];
  for (;;) {
    const next = time.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds >= to) return { offset, changes };
    changes.push({ at: next.epochMilliseconds, before: offsetOf(time), after: offsetOf(next) });
    time = next;
  }
}

function offsetOf(time: Temporal.ZonedDateTime): number {
  return time.offsetNanoseconds / 1e6;
}
