import { type BusyTimesOptions, readBusyTimes } from "../src/busy-times";

/** A zone of its own name, whose clocks change as those of Vienna do. */
export const vienna = `BEGIN:VTIMEZONE
TZID:Vienna Office
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
`;

/** A calendar, with the line ends of the standard. */
export const calendarOf = (...components: string[]) =>
  `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n${components.join("")}END:VCALENDAR\n`.replaceAll("\n", "\r\n");

export const event = (lines: string) => `BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\n${lines}\nEND:VEVENT\n`;

/** Events that are one series, by one UID. */
export const seriesOf = (...events: string[]) => events.map((lines) => event(`UID:series\n${lines}`)).join("");

/** The busy times of a calendar as intervals, without seconds; of two months of 2026 unless a test has it otherwise. */
export async function read(file: string, options: Partial<BusyTimesOptions> = {}): Promise<string[]> {
  const bounds = { from: Date.parse("2026-10-01T00:00:00Z"), to: Date.parse("2026-12-01T00:00:00Z") };
  const times = await readBusyTimes(file, { ...bounds, timezone: "America/New_York", ...options });
  return times.map(({ start, end }) => `${iso(start)}/${iso(end)}`);
}

const iso = (ms: number) => new Date(ms).toISOString().replace(":00.000Z", "Z");
