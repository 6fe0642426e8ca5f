import ICAL from "ical.js";
import { BoundedWork } from "./bounded-work";
import { type CalendarEntry, periodOf, readEntry } from "./calendar-entry";
import { CalendarFileError } from "./calendar-file-error";
import { type BusyTime, type BusyTimesOptions, occurrencesOf } from "./occurrences";
import { tellingLines } from "./telling-lines";

export type { BusyTime, BusyTimesOptions } from "./occurrences";

/** Entries, and dates looked at for what repeats: some thousands of entries, a thousand that repeat for a year. */
const maxSteps = 100_000;

/**
 * When the owner of a calendar file is busy: sorted, apart, what touches is one. What repeats is written out, with its
 * exceptions and the occurrences that were moved; what is cancelled or marked as free is left out. Source: RFC 5545.
 * @throws CalendarFileError, and nothing else, for a text that is no whole calendar, or one that asks for too much.
 */
export async function readBusyTimes(text: string, options: BusyTimesOptions): Promise<BusyTime[]> {
  const calendars = parse(text);
  const work = new BoundedWork(maxSteps);
  try {
    const busy: BusyTime[] = [];
    for (const calendar of calendars) {
      work.boundZones(calendar);
      for (const series of await readSeries(calendar, work, options)) {
        for await (const time of occurrencesOf(series, work, options)) busy.push(time);
      }
      busy.push(...publishedTimes(calendar, options.timezone));
    }
    return merge(busy, options);
  } catch (error) {
    throw asCalendarFileError(error);
  }
}

/** The library throws plain errors for whatever it cannot read. */
function asCalendarFileError(error: unknown): CalendarFileError {
  return error instanceof CalendarFileError ? error : new CalendarFileError("damaged", { cause: error });
}

function parse(text: string): ICAL.Component[] {
  const file = text.replace(/^\uFEFF/, "").trim();
  if (!/^BEGIN:VCALENDAR\s/i.test(file)) throw new CalendarFileError("not_a_calendar");
  try {
    const parsed: unknown[] = ICAL.parse(tellingLines(file));
    // One component is a list that begins with its name; several are a list of such lists.
    const components = (typeof parsed[0] === "string" ? [parsed] : parsed) as ComponentData[];
    return components.map((component) => new ICAL.Component(component));
  } catch (error) {
    throw asCalendarFileError(error);
  }
}

type ComponentData = ConstructorParameters<typeof ICAL.Component>[0];

/** The entries of each UID together, only the latest version of each; those that have no UID each for themselves. */
async function readSeries(
  calendar: ICAL.Component,
  work: BoundedWork,
  { timezone, isIgnored }: BusyTimesOptions,
): Promise<CalendarEntry[][]> {
  const series = new Map<string, Map<number | null, CalendarEntry>>();
  const single: CalendarEntry[][] = [];
  // A zone is looked for among all that the file defines, anew for each time that names one it does not.
  const cost = 1 + calendar.getAllSubcomponents("vtimezone").length / 20;
  for (const event of calendar.getAllSubcomponents("vevent")) {
    work.spend(cost);
    await work.rest();
    const entry = readEntry(event, timezone);
    work.spend(entry.dates.length + entry.exceptions.length);
    if (entry.uid === null) single.push([entry]);
    else if (!isIgnored?.(entry.uid)) {
      const versions = series.get(entry.uid) ?? new Map<number | null, CalendarEntry>();
      const key = entry.replaces?.start ?? null;
      if ((versions.get(key)?.sequence ?? 0) <= entry.sequence) versions.set(key, entry);
      series.set(entry.uid, versions);
    }
  }
  return [...single, ...[...series.values()].map((versions) => [...versions.values()])];
}

/** Some servers publish when somebody is busy, and not with what. */
function publishedTimes(calendar: ICAL.Component, timezone: string): BusyTime[] {
  return calendar
    .getAllSubcomponents("vfreebusy")
    .flatMap((published) => published.getAllProperties("freebusy"))
    .filter((property) => String(property.getParameter("fbtype") ?? "BUSY").toUpperCase() !== "FREE")
    .flatMap((property) =>
      property.getValues().map((period) => {
        if (!(period instanceof ICAL.Period)) throw new Error("a busy time that is none");
        const { start, length } = periodOf(period, property, timezone);
        return { start, end: start + length.ms };
      }),
    );
}

function merge(times: readonly BusyTime[], { from, to }: BusyTimesOptions): BusyTime[] {
  const merged: BusyTime[] = [];
  for (const time of times.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(time.start, from);
    const end = Math.min(time.end, to);
    if (!(start < end)) continue;
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
