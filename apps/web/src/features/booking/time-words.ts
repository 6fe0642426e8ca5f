import { countOf } from "@/components/count";
import type { Display } from "@/components/display";
import { zoneLabel, zoneOffset } from "@/components/zones";

/** How one viewer's zone and language write the times of a booking. Instants in, words out: nothing here moves a time. */
export interface TimeWords {
  /** "Tuesday 24 November 2026". */
  day(instant: number): string;
  /** "Tue 24 Nov". */
  shortDay(instant: number): string;
  /** "10:00". */
  time(instant: number): string;
  /** "10:00 – 10:30"; with the second day's name where it ends on another day. */
  range(start: number, end: number): string;
  /** "Australia / Sydney, GMT+11", as it is at that instant. */
  zone(instant: number): string;
  /** "GMT+11". */
  offset(instant: number): string;
}

export function timeWords({ locale, timeZone }: Display): TimeWords {
  const formatOf = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    return (instant: number) => format.format(instant);
  };
  const day = formatOf({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const shortDay = formatOf({ weekday: "short", day: "numeric", month: "short" });
  const time = formatOf({ hour: "numeric", minute: "2-digit" });
  return {
    day,
    shortDay,
    time,
    range: (start, end) =>
      `${time(start)} – ${shortDay(end - 1) === shortDay(start) ? "" : `${shortDay(end)}, `}${time(end)}`,
    zone: (instant) => [zoneLabel(timeZone), zoneOffset(timeZone, instant)].filter((part) => part !== "").join(", "),
    offset: (instant) => zoneOffset(timeZone, instant),
  };
}

/** "30 minutes", "1 hour", "1½ hours", "1 h 20 min". */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${minutes} minutes`;
  if (rest === 0) return countOf(hours, "hour");
  return rest === 30 ? `${hours}½ hours` : `${hours} h ${rest} min`;
}
