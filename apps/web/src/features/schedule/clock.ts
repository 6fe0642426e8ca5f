import { minutesPerDay, type WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { weekStartOf } from "@/components/week-start";

/** How one locale writes minutes of a day and names weekdays. */
export interface Clock {
  locale: string;
  /** "9:00 AM" or "09:00". The day's end is "midnight" or "24:00". */
  time(minute: number): string;
  /** A full hour, as short as it can be: "9 AM" or "09:00". */
  hour(hour: number): string;
  /** "9:00 AM – 5:00 PM". */
  range(slot: WeeklySlot): string;
  /** "Monday" or "Mon", for 0 (Sunday) to 6. */
  day(dayOfWeek: number, length?: "long" | "short"): string;
  /** "Monday, 9:00 AM – 5:00 PM". */
  slot(slot: WeeklySlot): string;
  /** Weekdays in the order of this locale's weeks. */
  days: readonly number[];
  /**
   * What was typed, as a minute of the day; null where it is no time. An end may be the day's end, by any of its names.
   * Where hours are told to twelve, "5" after nine in the morning is the afternoon.
   */
  parse(text: string, role: { isEnd: boolean; after?: number }): number | null;
}

// A Sunday, in UTC as everything here is: minutes of a day have no zone.
const someSunday = Date.UTC(2026, 10, 22);
const dayLength = 86_400_000;

export function createClock(locale: string): Clock {
  const isTwelveHours = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
  // Hours told to 24 stand in line with two digits; browsers differ in whether they write them so by themselves.
  const hourDigits = isTwelveHours ? "numeric" : "2-digit";
  const format = new Intl.DateTimeFormat(locale, { hour: hourDigits, minute: "2-digit", timeZone: "UTC" });
  const weekdays = {
    long: new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }),
    short: new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }),
  };
  const read = createReader(format, locale);

  const time = (minute: number) => {
    if (minute === minutesPerDay)
      return isTwelveHours ? "midnight" : format.format(someSunday).replace(/\p{Nd}+/u, "24");
    return format.format(someSunday + minute * 60_000);
  };
  const hourAlone = new Intl.DateTimeFormat(locale, { hour: "numeric", timeZone: "UTC" });
  const hour = (value: number) => (isTwelveHours ? hourAlone.format(someSunday + value * 3_600_000) : time(value * 60));
  const range = ({ startMinute, endMinute }: WeeklySlot) => `${time(startMinute)} – ${time(endMinute)}`;
  const day = (dayOfWeek: number, length: "long" | "short" = "long") =>
    weekdays[length].format(someSunday + dayOfWeek * dayLength);

  return {
    locale,
    time,
    hour,
    range,
    day,
    slot: (slot) => `${day(slot.dayOfWeek)}, ${range(slot)}`,
    days: Array.from({ length: 7 }, (_, index) => (weekStartOf(locale) + index) % 7),
    parse(text, { isEnd, after }) {
      const minute = read(text);
      if (minute === null) return null;
      const { value, isAmbiguous } = minute;
      if (!isEnd) return value === minutesPerDay ? 0 : value;
      if (value === 0) return minutesPerDay;
      const isLater = isTwelveHours && isAmbiguous && after !== undefined && value <= after;
      return isLater && value <= minutesPerDay / 2 ? value + minutesPerDay / 2 : value;
    },
  };
}

interface Reading {
  value: number;
  /** True where morning and afternoon are both possible. */
  isAmbiguous: boolean;
}

/** Reads times as people type them, and as the format itself writes them, in any digits. */
function createReader(format: Intl.DateTimeFormat, locale: string): (text: string) => Reading | null {
  const halves = [0, 12].map(
    (hour) =>
      format
        .formatToParts(someSunday + hour * 3_600_000)
        .find(({ type }) => type === "dayPeriod")
        ?.value.toLowerCase() ?? "",
  );
  const digits = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210)].reverse();

  return (text) => {
    let typed = text.trim().toLowerCase();
    if (typed === "midnight") return { value: 0, isAmbiguous: false };
    if (typed === "noon") return { value: minutesPerDay / 2, isAmbiguous: false };
    digits.forEach((digit, value) => {
      typed = typed.replaceAll(digit, String(value));
    });
    const local = halves.findIndex((half) => half !== "" && typed.includes(half));
    const isPm = local === 1 || /p\.?\s?m?\.?$/.test(typed);
    const isAm = local === 0 || (!isPm && /a\.?\s?m?\.?$/.test(typed));
    if (local !== -1) typed = typed.replace(halves[local] ?? "", "");
    const parts = /^(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*h?\s*(?:[ap]\.?\s?m?\.?)?$/.exec(typed.trim());
    if (parts === null) return null;
    const hour = Number(parts[1]);
    const minute = Number(parts[2] ?? 0);
    if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
    if (!isAm && !isPm) return { value: hour * 60 + minute, isAmbiguous: hour > 0 };
    if (hour === 0 || hour > 12) return null;
    return { value: ((hour % 12) + (isPm ? 12 : 0)) * 60 + minute, isAmbiguous: false };
  };
}
