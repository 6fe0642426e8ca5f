import type { WeeklyHours } from "@parley/api/schema/schedule/weekly";
import { dayLength as day, minuteLength as minute, zoneClock } from "@/components/zone-clock";

/** A span of time in milliseconds since the epoch. */
interface Span {
  start: number;
  end: number;
}

export interface Opening extends Span {
  /** True where it began on an earlier day. */
  isFromBefore: boolean;
}

export interface WeekDay {
  /** The calendar date in the viewer's zone, as midnight UTC: format it in UTC. */
  date: number;
  isToday: boolean;
  /** Openings that begin on this day, or last from an earlier one until now; one may end after midnight. */
  openings: Opening[];
  /** The same as parts of this day, in minutes of it, for drawing. */
  bars: { startMinute: number; endMinute: number }[];
}

const daysShown = 7;

/**
 * Seven days from today as the viewer's zone has it. The hours are UTC as they fall in the present week; the days beyond
 * it are taken to be like it, which is exact but for a week in which the host's clocks change.
 */
export function weekFrom(now: number, slots: WeeklyHours["slots"], timeZone: string): WeekDay[] {
  const clock = zoneClock(timeZone);
  const today = clock(now).date;
  const spans = openingsAround(now, slots);
  return Array.from({ length: daysShown }, (_, index) => {
    const date = today + index * day;
    const isToday = index === 0;
    return {
      date,
      isToday,
      openings: spans
        .map((span) => ({ ...span, isFromBefore: clock(span.start).date < date }))
        .filter(({ start, end, isFromBefore }) => (isFromBefore ? isToday && end > now : clock(start).date === date)),
      bars: spans.flatMap(({ start, end }) => {
        const from = clock(start);
        const to = clock(end);
        if (from.date > date || clock(end - 1).date < date) return [];
        return [
          { startMinute: from.date === date ? from.minute : 0, endMinute: to.date === date ? to.minute : day / minute },
        ];
      }),
    };
  });
}

/** The openings of last week, this one and the next, those that touch made one. */
function openingsAround(now: number, slots: WeeklyHours["slots"]): Span[] {
  const weekStart = Math.floor(now / day) * day - new Date(now).getUTCDay() * day;
  const merged: Span[] = [];
  for (const week of [-1, 0, 1]) {
    for (const { dayOfWeek, startMinute, endMinute } of slots) {
      const midnight = weekStart + (week * daysShown + dayOfWeek) * day;
      const start = midnight + startMinute * minute;
      const end = midnight + endMinute * minute;
      const last = merged.at(-1);
      if (last !== undefined && last.end === start) last.end = end;
      else merged.push({ start, end });
    }
  }
  return merged;
}
