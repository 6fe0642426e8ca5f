import { dayLength } from "./zone-clock";

// Calendar dates are told by their midnight in UTC, months by that of their first day: no zone can shift them.

export function monthOf(date: number): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
}

export function addMonths(month: number, count: number): number {
  const first = new Date(month);
  return Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + count, 1);
}

/** The same day of the month so many months on, or that month's last. */
export function sameDayOf(date: number, count: number): number {
  const month = addMonths(monthOf(date), count);
  const last = addMonths(month, 1) - dayLength;
  return Math.min(month + date - monthOf(date), last);
}

/** The weeks of a month, each of seven; null stands where a day is another month's. @param weekStart 0 is Sunday */
export function weeksOf(month: number, weekStart: number): (number | null)[][] {
  const end = addMonths(month, 1);
  const lead = (new Date(month).getUTCDay() - weekStart + 7) % 7;
  const count = Math.ceil((lead + (end - month) / dayLength) / 7);
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => {
      const date = month + (week * 7 + day - lead) * dayLength;
      return date >= month && date < end ? date : null;
    }),
  );
}

/** Every instant that falls in a month, wherever on earth it is read: 26 hours of zones lie about UTC. */
export function instantsOf(month: number): { from: number; to: number } {
  return { from: month - dayLength, to: addMonths(month, 1) + dayLength };
}

/** YYYY-MM-DD. */
export function isoDate(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}
