import ICAL from "ical.js";
import { instantOf, startOfDay } from "./wall-time";

/** A VEVENT, as far as it says when somebody is busy. */
export interface CalendarEntry {
  uid: string | null;
  sequence: number;
  /** Whether it takes its owner's time: neither cancelled nor marked as free. */
  isBusy: boolean;
  start: ICAL.Time;
  /** The zone that DTSTART names. */
  tzid: string | null;
  length: Length;
  rules: ICAL.Recur[];
  /** Further starts, each with a length of its own where it has one. */
  dates: { start: number; length: Length }[];
  /** Starts that do not take place, as instants. */
  exceptions: number[];
  /** Which occurrence of the entry of the same UID this one replaces, and whether all after it too. */
  replaces: { start: number; isOnwards: boolean } | null;
}

/** Days where dates are meant, which are not all equally long; else elapsed time. */
export type Length = { days: number } | { ms: number };

/** @throws Error where what has to be a time is none. */
export function readEntry(event: ICAL.Component, timezone: string): CalendarEntry {
  const startProperty = event.getFirstProperty("dtstart");
  const start = startProperty?.getFirstValue();
  if (startProperty === null || !(start instanceof ICAL.Time)) throw new Error("an entry without a start");
  const length = lengthOf(event, start, startProperty, timezone);
  const replaced = event.getFirstProperty("recurrence-id");
  return {
    uid: textOf(event, "uid"),
    sequence: Number(event.getFirstPropertyValue("sequence") ?? 0) || 0,
    isBusy:
      textOf(event, "status")?.toUpperCase() !== "CANCELLED" &&
      textOf(event, "transp")?.toUpperCase() !== "TRANSPARENT",
    start,
    tzid: tzidOf(startProperty),
    length,
    rules: event.getAllProperties("rrule").map(ruleOf),
    dates: event.getAllProperties("rdate").flatMap((property) => datesOf(property, length, timezone)),
    exceptions: event.getAllProperties("exdate").flatMap((property) =>
      property
        .getValues()
        .filter(isTime)
        .map((time) => instantOf(time, tzidOf(property), timezone)),
    ),
    replaces: replaced === null ? null : replacedBy(replaced, timezone),
  };
}

/** When an occurrence ends that begins at `start`, which falls on the instant `at`. */
export function endOf(start: ICAL.Time, at: number, length: Length, timezone: string): number {
  return "days" in length ? startOfDay(start, length.days, timezone) : at + length.ms;
}

/** Seconds of a duration, without the library's own addition to a time, whose work grows with them. */
function millisecondsOf(duration: ICAL.Duration): number {
  return Math.max(0, duration.toSeconds() * 1_000);
}

function tzidOf(property: ICAL.Property): string | null {
  const tzid = property.getParameter("tzid");
  return typeof tzid === "string" ? tzid : null;
}

const dayMs = 24 * 60 * 60 * 1_000;
/** A century; what is longer takes all the time there is either way. */
const maxDays = 36_525;

function lengthOf(event: ICAL.Component, start: ICAL.Time, startProperty: ICAL.Property, timezone: string): Length {
  const endProperty = event.getFirstProperty("dtend");
  const end = endProperty?.getFirstValue();
  if (endProperty !== null && end instanceof ICAL.Time) {
    if (start.isDate && end.isDate) return days(Math.round((utcDate(end) - utcDate(start)) / dayMs));
    const startsAt = instantOf(start, tzidOf(startProperty), timezone);
    return { ms: Math.max(0, instantOf(end, tzidOf(endProperty), timezone) - startsAt) };
  }
  const duration = event.getFirstPropertyValue("duration");
  if (duration instanceof ICAL.Duration) {
    return start.isDate ? days(Math.ceil(millisecondsOf(duration) / dayMs)) : { ms: millisecondsOf(duration) };
  }
  return start.isDate ? { days: 1 } : { ms: 0 };
}

function days(count: number): Length {
  return { days: Math.min(Math.max(0, count), maxDays) };
}

function utcDate({ year, month, day }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day);
}

function ruleOf(property: ICAL.Property): ICAL.Recur {
  const rule = property.getFirstValue();
  if (!(rule instanceof ICAL.Recur) || !rule.freq) throw new Error("a rule without a frequency");
  return rule;
}

function datesOf(property: ICAL.Property, length: Length, timezone: string): CalendarEntry["dates"] {
  return property.getValues().flatMap((value) => {
    if (isTime(value)) {
      const start = instantOf(value, tzidOf(property), timezone);
      return { start, length: "days" in length ? { ms: endOf(value, start, length, timezone) - start } : length };
    }
    if (!(value instanceof ICAL.Period)) throw new Error("a further date that is none");
    return periodOf(value, property, timezone);
  });
}

/** A stretch of time that says itself when it begins, and either when it ends or how long it takes. */
export function periodOf(period: ICAL.Period, property: ICAL.Property, timezone: string) {
  const start = instantOf(period.start, tzidOf(property), timezone);
  const ms = isTime(period.end)
    ? instantOf(period.end, tzidOf(property), timezone) - start
    : millisecondsOf(period.duration);
  return { start, length: { ms: Math.max(0, ms) } };
}

function replacedBy(property: ICAL.Property, timezone: string): CalendarEntry["replaces"] {
  const time = property.getFirstValue();
  if (!isTime(time)) throw new Error("an occurrence that is replaced, but not which");
  const range = property.getParameter("range");
  return {
    start: instantOf(time, tzidOf(property), timezone),
    isOnwards: typeof range === "string" && range.toUpperCase() === "THISANDFUTURE",
  };
}

function isTime(value: unknown): value is ICAL.Time {
  return value instanceof ICAL.Time;
}

function textOf(event: ICAL.Component, name: string): string | null {
  const value = event.getFirstPropertyValue(name);
  return typeof value === "string" ? value : null;
}
