import type { BookingRules } from "../booking-rules/rules";
import { type Clocks, clocksBetween, firstInstantOf, millisecondsPerDay, wallTimeAt } from "../clocks/rules";
import type { DateOverride } from "../overrides/rules";
import { dayOf, mergeOpenings, type Opening, openingsBetween, type WeeklySlot, weekdayOf } from "../weekly/rules";

/** All that decides when a host can be booked. Instants are milliseconds since the epoch. */
export interface HostSchedule {
  timezone: string;
  weeklySlots: readonly WeeklySlot[];
  /** At least those of the dates from `lookBackDays` before the time that is asked about. */
  overrides: readonly DateOverride[];
  rules: BookingRules;
  /** What bookings (with their buffers), holds (with theirs) and other calendars take; in any order, may overlap. */
  taken: readonly Opening[];
  /** When the bookings and holds begin that this host has, at least those on the dates that are asked about. */
  hostedStarts: readonly number[];
}

/** When a host is there, whatever is taken of it; with the version that a booking must find unchanged. */
export interface HostHours {
  hostId: string;
  version: number;
  schedule: HostSchedule;
}

export interface OpeningsRequest extends HostSchedule {
  now: number;
  /** Bounds of the starts: `from` may be one, `to` may not. */
  from: number;
  to: number;
  durationMinutes: number;
  /** The most that are looked for; all, where it is left out. */
  limit?: number;
}

/** How far back hours may matter for the time asked about: to the Sunday before its week, wherever that is. */
export const lookBackDays = 16;

/** The longest time that may be asked about at once. Source: issue "Schedules", point 4. */
export const maxPeriodDays = 62;

const millisecondsPerMinute = 60_000;

/**
 * The starts that can be booked, in order, and no others can: display and booking both ask here.
 *
 * Open hours of all dates become instants and join where they touch, over midnight too. Starts lie on a grid of the
 * step, in elapsed time from the beginning of what is joined, and the duration fits in it. Around a start, buffers
 * included, nothing is taken; it is the notice away from now, in elapsed time; its local date is at most the window's
 * days after today's, and has not reached the most a day. Source: issue "Schedules", point 4; lessons, C1 to C8.
 *
 * Hours without a break for more than a week have a beginning, too, so that whoever asks about whatever time finds the
 * same grid: the midnight that began the week (from Sunday) before the start's.
 */
export function findOpenings(request: OpeningsRequest): number[] {
  const { timezone, rules, now, durationMinutes, limit = Number.POSITIVE_INFINITY } = request;
  if (!rules.durationsMinutes.includes(durationMinutes)) return [];
  const earliest = Math.max(request.from, now + rules.minimumNoticeMinutes * millisecondsPerMinute);
  // No date within the window reaches as far as this, wherever it is.
  const to = Math.min(request.to, now + (rules.windowDays + 3) * millisecondsPerDay);
  if (earliest >= to) return [];

  const duration = durationMinutes * millisecondsPerMinute;
  const step = rules.stepMinutes * millisecondsPerMinute;
  const clocks = clocksBetween(timezone, earliest - lookBackDays * millisecondsPerDay, to + duration);
  const weeks = weeksBetween(clocks, earliest, to);
  const lookBack = weeks[0]?.previous ?? earliest;
  const openings = openingsBetween(request.weeklySlots, timezone, lookBack, to + duration, request.overrides);
  const isFree = createFreedom(request, clocks);
  const starts: number[] = [];
  for (const opening of openings) {
    for (const week of weeks) {
      const begin = Math.max(earliest, week.start, opening.start);
      const end = Math.min(to, week.end, opening.end - duration + 1);
      const origin = Math.max(opening.start, week.previous);
      let start = origin + Math.ceil((begin - origin) / step) * step;
      for (; start < end && starts.length < limit; start += step) if (isFree(start)) starts.push(start);
    }
    if (starts.length >= limit) break;
  }
  return starts;
}

/** Whether an instant is a start that can be booked: it is, just where it would be listed. */
export function isOpen(request: Omit<OpeningsRequest, "from" | "to">, start: number): boolean {
  return findOpenings({ ...request, from: start, to: start + 1 }).length > 0;
}

interface Week extends Opening {
  /** When the week before it began. */
  previous: number;
}

/** The weeks of some clocks, from Sunday's first moment on, from that of an instant to that of another. */
function weeksBetween(clocks: Clocks, from: number, to: number): Week[] {
  const today = dayOf(wallTimeAt(clocks, from));
  const sundayAt = (weeks: number) =>
    firstInstantOf(clocks, (today - weekdayOf(today) + weeks * 7) * millisecondsPerDay);
  const weeks: Week[] = [];
  for (let index = 0; sundayAt(index) < to; index += 1) {
    weeks.push({ previous: sundayAt(index - 1), start: sundayAt(index), end: sundayAt(index + 1) });
  }
  return weeks;
}

/** Says of starts, asked for in order, whether dates and what is taken leave them free. */
function createFreedom(request: OpeningsRequest, clocks: Clocks): (start: number) => boolean {
  const { timezone, rules, taken, hostedStarts, now, from, to, durationMinutes } = request;
  const before = rules.bufferBeforeMinutes * millisecondsPerMinute;
  const after = (durationMinutes + rules.bufferAfterMinutes) * millisecondsPerMinute;
  const lastDay = dayOf(wallTimeAt(clocksBetween(timezone, now, now), now)) + rules.windowDays;
  const maxPerDay = rules.maxPerDay ?? Number.POSITIVE_INFINITY;
  const hostedOn = new Map<number, number>();
  for (const start of maxPerDay === Number.POSITIVE_INFINITY ? [] : hostedStarts) {
    const day = dayOf(wallTimeAt(clocks, start));
    hostedOn.set(day, (hostedOn.get(day) ?? 0) + 1);
  }
  const busy = mergeOpenings(taken.filter(({ start, end }) => from - before < end && start < to + after));
  let next = 0;
  return (start) => {
    const day = dayOf(wallTimeAt(clocks, start));
    if (day > lastDay || (hostedOn.get(day) ?? 0) >= maxPerDay) return false;
    let ahead = busy[next];
    while (ahead !== undefined && ahead.end <= start - before) ahead = busy[++next];
    return ahead === undefined || ahead.start >= start + after;
  };
}
