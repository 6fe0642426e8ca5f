import { dateFormat } from "./date-format";
/**
 * Tells on which calendar date of a zone an instant falls, as that date's midnight in UTC, and at which minute of it.
 * Dates told so are formatted in UTC, and count in whole days of 86,400,000 ms.
 */
export type ZoneClock = (instant: number) => { date: number; minute: number };

export const minuteLength = 60_000;
export const dayLength = 24 * 60 * minuteLength;

/** @throws RangeError for a zone that this runtime does not know */
export function zoneClock(timeZone: string): ZoneClock {
  const format = dateFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return {
      date: Date.UTC(read("year"), read("month") - 1, read("day")),
      minute: read("hour") * 60 + read("minute"),
    };
  };
}
