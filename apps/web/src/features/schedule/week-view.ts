import type { PublicWeek } from "@parley/api/schema/schedule/openings";
import { dateFormat } from "@/components/date-format";
import type { Display } from "@/components/display";
import { dayLength, minuteLength, type ZoneClock, zoneClock } from "@/components/zone-clock";
import { zoneLabel, zoneOffset } from "@/components/zones";

/** Seven days in words and bars, as one viewer's zone and language have them. */
export interface WeekView {
  timeZone: string;
  /** "Europe / Berlin, GMT+1". */
  zone: string;
  /** Midnight, six, noon and six again, as short as this language has them. */
  scale: string[];
  days: DayView[];
  isOpenNow: boolean;
  /** The next few openings: "Today, 09:00 – 17:00". */
  next: string[];
}

export interface DayView {
  /** YYYY-MM-DD. */
  date: string;
  /** "Tue". */
  weekday: string;
  /** "24". */
  dayOfMonth: string;
  isToday: boolean;
  /** How far today has come, in minutes; null on other days. */
  nowMinute: number | null;
  parts: DayPart[];
}

/** What of an opening falls on one day, in minutes of that day. */
export interface DayPart {
  startMinute: number;
  endMinute: number;
  text: string;
}

type Interval = { start: number; end: number };
/** With where it begins and ends on the viewer's clock. */
type Told = Interval & { from: ReturnType<ZoneClock>; to: ReturnType<ZoneClock> };

const daysShown = 7;
const openingsNamed = 3;
const minutesPerDay = 24 * 60;

/** The openings are instants: the zone only decides how they are written, never which they are. */
export function weekView(openings: PublicWeek["intervals"], { timeZone, locale }: Display, now: number): WeekView {
  const clock = zoneClock(timeZone);
  const words = wordsOf(locale, timeZone);
  const today = clock(now).date;
  const intervals = openings.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) }));
  const ahead = intervals
    .filter(({ end }) => end > now)
    .map((interval): Told => ({ ...interval, from: clock(interval.start), to: clock(interval.end - 1) }));
  return {
    timeZone,
    zone: [zoneLabel(timeZone), zoneOffset(timeZone, now)].filter((part) => part !== "").join(", "),
    scale: [0, 6, 12, 18].map(words.hour),
    days: Array.from({ length: daysShown }, (_, index) => {
      const date = today + index * dayLength;
      return {
        date: new Date(date).toISOString().slice(0, 10),
        weekday: words.weekday(date),
        dayOfMonth: words.dayOfMonth(date),
        isToday: index === 0,
        nowMinute: index === 0 ? clock(now).minute : null,
        parts: ahead.flatMap((interval) => partOn(date, interval, words)),
      };
    }),
    isOpenNow: ahead.some(({ start }) => start <= now),
    next: ahead.slice(0, openingsNamed).map((interval) => nameOf(interval, now, clock, words)),
  };
}

function partOn(date: number, { start, end, from, to }: Told, words: Words): DayPart[] {
  if (from.date > date || to.date < date) return [];
  const startsHere = from.date === date;
  const endsHere = to.date === date;
  const startMinute = startsHere ? from.minute : 0;
  const wallEnd = endsHere ? to.minute + 1 : minutesPerDay;
  // Where clocks go back it may end before it starts, by the clock: then it is drawn as long as it is.
  const length = Math.ceil((end - start) / minuteLength);
  const endMinute = wallEnd > startMinute ? wallEnd : Math.min(minutesPerDay, startMinute + length);
  return [{ startMinute, endMinute, text: text() }];

  function text(): string {
    if (startMinute === 0 && endMinute === minutesPerDay) return "All day";
    if (!startsHere) return `Until ${words.time(end)}`;
    if (to.date > date + dayLength) return `From ${words.time(start)}`;
    return `${words.time(start)} – ${words.time(end)}`;
  }
}

function nameOf({ start, end }: Interval, now: number, clock: ZoneClock, words: Words): string {
  if (end >= now + daysShown * dayLength) return start <= now ? "Around the clock" : `From ${words.longDate(start)} on`;
  if (start <= now) return `Now, until ${words.time(end)}`;
  const daysAway = (clock(start).date - clock(now).date) / dayLength;
  const day = daysAway === 0 ? "Today" : daysAway === 1 ? "Tomorrow" : words.longDate(start);
  return `${day}, ${words.time(start)} – ${words.time(end)}`;
}

type Words = ReturnType<typeof wordsOf>;

function wordsOf(locale: string, timeZone: string) {
  const is12 = dateFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
  // Hours told to 24 stand in line with two digits; browsers differ in whether they write them so by themselves.
  const digits = is12 ? "numeric" : "2-digit";
  const time = dateFormat(locale, { hour: digits, minute: "2-digit", timeZone });
  const longDate = dateFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone });
  // Calendar dates are told by their midnight in UTC.
  const weekday = dateFormat(locale, { weekday: "short", timeZone: "UTC" });
  const dayOfMonth = dateFormat(locale, { day: "numeric", timeZone: "UTC" });
  const hour = dateFormat(locale, {
    hour: digits,
    ...(!is12 && { minute: "2-digit" }),
    timeZone: "UTC",
  });
  return {
    hour: (hours: number) => hour.format(hours * 60 * minuteLength),
    time: (instant: number) => time.format(instant),
    longDate: (instant: number) => longDate.format(instant),
    weekday: (date: number) => weekday.format(date),
    dayOfMonth: (date: number) => dayOfMonth.format(date),
  };
}
