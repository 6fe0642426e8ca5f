import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BusyTimesOptions, readBusyTimes } from "./busy-times";
import { writeCalendar } from "./calendar-file";

const vienna = `BEGIN:VTIMEZONE
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

const calendarOf = (...components: string[]) =>
  `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n${components.join("")}END:VCALENDAR\n`.replaceAll("\n", "\r\n");
const event = (lines: string) => `BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\n${lines}\nEND:VEVENT\n`;
const seriesOf = (...events: string[]) => events.map((lines) => event(`UID:series\n${lines}`)).join("");

const read = async (file: string, options: Partial<BusyTimesOptions> = {}) => {
  const bounds = { from: Date.parse("2026-10-01T00:00:00Z"), to: Date.parse("2026-12-01T00:00:00Z") };
  const times = await readBusyTimes(file, { ...bounds, timezone: "America/New_York", ...options });
  return times.map(({ start, end }) => `${iso(start)}/${iso(end)}`);
};
const iso = (ms: number) => new Date(ms).toISOString().replace(":00.000Z", "Z");

describe("a time", () => {
  test.each([
    ["in UTC", "DTSTART:20261012T100000Z\nDTEND:20261012T110000Z", "2026-10-12T10:00Z/2026-10-12T11:00Z"],
    ["with a length", "DTSTART:20261012T100000Z\nDURATION:PT1H30M", "2026-10-12T10:00Z/2026-10-12T11:30Z"],
    [
      "in a zone the file defines",
      "DTSTART;TZID=Vienna Office:20261012T100000\nDURATION:PT1H",
      "2026-10-12T08:00Z/2026-10-12T09:00Z",
    ],
    [
      "in that zone after its clocks change",
      "DTSTART;TZID=Vienna Office:20261026T100000\nDURATION:PT1H",
      "2026-10-26T09:00Z/2026-10-26T10:00Z",
    ],
    [
      "in a zone the file only names",
      "DTSTART;TZID=Asia/Kathmandu:20261012T100000\nDURATION:PT1H",
      "2026-10-12T04:15Z/2026-10-12T05:15Z",
    ],
    [
      "in a zone nobody knows",
      "DTSTART;TZID=Middle Earth:20261012T100000\nDURATION:PT1H",
      "2026-10-12T14:00Z/2026-10-12T15:00Z",
    ],
    ["in no zone", "DTSTART:20261012T100000\nDURATION:PT1H", "2026-10-12T14:00Z/2026-10-12T15:00Z"],
    ["that is a date", "DTSTART;VALUE=DATE:20261012", "2026-10-12T04:00Z/2026-10-13T04:00Z"],
    [
      "of several dates",
      "DTSTART;VALUE=DATE:20261012\nDTEND;VALUE=DATE:20261015",
      "2026-10-12T04:00Z/2026-10-15T04:00Z",
    ],
    ["of a date on which clocks go back", "DTSTART;VALUE=DATE:20261101", "2026-11-01T04:00Z/2026-11-02T05:00Z"],
    ["of a date and a length", "DTSTART;VALUE=DATE:20261012\nDURATION:P2D", "2026-10-12T04:00Z/2026-10-14T04:00Z"],
    [
      "with ends in two zones",
      "DTSTART;TZID=Europe/London:20261012T100000\nDTEND;TZID=Asia/Tokyo:20261012T200000",
      "2026-10-12T09:00Z/2026-10-12T11:00Z",
    ],
  ])("%s", async (_, lines, expected) => {
    expect(await read(calendarOf(vienna, event(lines)))).toEqual([expected]);
  });

  test.each([
    ["that takes none", "DTSTART:20261012T100000Z"],
    ["that ends before it starts", "DTSTART:20261012T100000Z\nDTEND:20261012T090000Z"],
    ["marked as free", "DTSTART:20261012T100000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT"],
    ["that was cancelled", "DTSTART:20261012T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED"],
    ["before what is asked for", "DTSTART:20260930T100000Z\nDURATION:PT1H"],
    ["after it", "DTSTART:20261201T000000Z\nDURATION:PT1H"],
  ])("%s is no busy one", async (_, lines) => {
    expect(await read(calendarOf(event(lines)))).toEqual([]);
  });

  test("is cut to what is asked for, and one with what it touches", async () => {
    const events = [
      "DTSTART:20260901T000000Z\nDTEND:20261002T000000Z",
      "DTSTART:20261002T000000Z\nDTEND:20261002T010000Z",
      "DTSTART:20261002T003000Z\nDTEND:20261002T020000Z",
      "DTSTART:20261130T230000Z\nDTEND:20270101T000000Z",
    ];
    expect(await read(calendarOf(...events.map(event)))).toEqual([
      "2026-10-01T00:00Z/2026-10-02T02:00Z",
      "2026-11-30T23:00Z/2026-12-01T00:00Z",
    ]);
  });

  test("is tentative and busy all the same, and left out where it is ours", async () => {
    const file = calendarOf(
      event("UID:1@elsewhere\nSTATUS:TENTATIVE\nDTSTART:20261012T100000Z\nDURATION:PT1H"),
      event("UID:2@parley\nDTSTART:20261013T100000Z\nDURATION:PT1H"),
    );
    const isIgnored = (uid: string) => uid.endsWith("@parley");
    expect(await read(file, { isIgnored })).toEqual(["2026-10-12T10:00Z/2026-10-12T11:00Z"]);
  });

  test("is published without its entry by some", async () => {
    const published =
      "BEGIN:VFREEBUSY\nFREEBUSY:20261012T100000Z/PT1H,20261013T100000Z/20261013T103000Z\n" +
      "FREEBUSY;FBTYPE=FREE:20261014T100000Z/PT1H\nEND:VFREEBUSY\n";
    expect(await read(calendarOf(published))).toEqual([
      "2026-10-12T10:00Z/2026-10-12T11:00Z",
      "2026-10-13T10:00Z/2026-10-13T10:30Z",
    ]);
  });
});

describe("what repeats", () => {
  test("keeps its wall time across a clock change, in zones defined and named", async () => {
    for (const tzid of ["Vienna Office", "Europe/Vienna"]) {
      const file = calendarOf(
        vienna,
        event(`DTSTART;TZID=${tzid}:20261019T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3`),
      );
      expect(await read(file)).toEqual([
        "2026-10-19T07:00Z/2026-10-19T08:00Z",
        "2026-10-26T08:00Z/2026-10-26T09:00Z",
        "2026-11-02T08:00Z/2026-11-02T09:00Z",
      ]);
    }
  });

  test.each([
    ["an instant", "UNTIL=20261026T080000Z"],
    ["an instant just before", "UNTIL=20261026T075959Z"],
    ["the date itself", "UNTIL=20261026"],
    ["the date before", "UNTIL=20261025"],
  ])("ends with %s, wherever its zone comes from", async (_, until) => {
    const count = until === "UNTIL=20261026T080000Z" || until === "UNTIL=20261026" ? 2 : 1;
    for (const tzid of ["Vienna Office", "Europe/Vienna"]) {
      const file = calendarOf(
        vienna,
        event(`DTSTART;TZID=${tzid}:20261019T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;${until}`),
      );
      expect(await read(file)).toHaveLength(count);
    }
  });

  test.each([
    ["days from long ago", "DTSTART:20100101T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY", 61],
    ["working days", "DTSTART:20261001T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 43],
    ["every other Monday", "DTSTART:20261005T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 5],
    ["last Fridays", "DTSTART:20261030T100000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR", 2],
    ["the 31st", "DTSTART:20260831T100000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYMONTHDAY=31", 1],
    ["years", "DTSTART;VALUE=DATE:19701012\nRRULE:FREQ=YEARLY", 1],
    ["hours of a day", "DTSTART:20261012T080000Z\nDURATION:PT10M\nRRULE:FREQ=HOURLY;COUNT=8", 8],
    ["with further dates", "DTSTART:20261012T080000Z\nDURATION:PT10M\nRDATE:20261013T080000Z,20261014T080000Z", 3],
    ["with further stretches", "DTSTART:20261012T080000Z\nDURATION:PT10M\nRDATE;VALUE=PERIOD:20261013T080000Z/PT1H", 2],
    [
      "from a start that its rule would not meet",
      "DTSTART:20261013T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2",
      3,
    ],
  ])("by %s", async (_, lines, count) => {
    expect(await read(calendarOf(event(lines)))).toHaveLength(count);
  });

  test("is the same whether its past is skipped or counted through", async () => {
    const start = fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2026-11-20") });
    const rules = fc.record({
      freq: fc.constantFrom("DAILY", "WEEKLY"),
      interval: fc.integer({ min: 1, max: 9 }),
      days: fc.subarray(["SU", "MO", "TU", "WE", "TH", "FR", "SA"]),
      week: fc.constantFrom("SU", "MO", "WE"),
      tzid: fc.constantFrom("Vienna Office", "America/Sao_Paulo"),
    });
    await fc.assert(
      fc.asyncProperty(start, rules, async (at, { freq, interval, days, week, tzid }) => {
        const wall = new Date(at).toISOString().replace(/[-:]|\.\d+Z/g, "");
        const byDay = days.length === 0 ? "" : `;BYDAY=${days.join(",")}`;
        const lines = `DTSTART;TZID=${tzid}:${wall}\nDURATION:PT1H\nRRULE:FREQ=${freq};INTERVAL=${interval};WKST=${week}${byDay}`;
        const skipped = await read(calendarOf(vienna, event(lines)));
        expect(skipped).toEqual(await read(calendarOf(vienna, event(`${lines};COUNT=5000`))));
      }),
      { numRuns: 60 },
    );
  });

  test("does not on its exceptions, in whichever zone they are written", async () => {
    const file = calendarOf(
      vienna,
      event(
        "DTSTART;TZID=Vienna Office:20261012T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5\n" +
          "EXDATE;TZID=Vienna Office:20261013T090000\nEXDATE:20261014T070000Z,20261015T080000Z",
      ),
    );
    expect(await read(file)).toEqual([
      "2026-10-12T07:00Z/2026-10-12T08:00Z",
      "2026-10-15T07:00Z/2026-10-15T08:00Z",
      "2026-10-16T07:00Z/2026-10-16T08:00Z",
    ]);
  });

  const daily = "DTSTART:20261012T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3";
  test.each([
    [
      "moved",
      "RECURRENCE-ID:20261013T100000Z\nDTSTART:20261013T150000Z\nDURATION:PT2H",
      [
        "2026-10-12T10:00Z/2026-10-12T11:00Z",
        "2026-10-13T15:00Z/2026-10-13T17:00Z",
        "2026-10-14T10:00Z/2026-10-14T11:00Z",
      ],
    ],
    [
      "moved, as another zone has it",
      "RECURRENCE-ID;TZID=Asia/Tokyo:20261013T190000\nDTSTART:20261020T150000Z\nDURATION:PT1H",
      [
        "2026-10-12T10:00Z/2026-10-12T11:00Z",
        "2026-10-14T10:00Z/2026-10-14T11:00Z",
        "2026-10-20T15:00Z/2026-10-20T16:00Z",
      ],
    ],
    [
      "cancelled",
      "RECURRENCE-ID:20261013T100000Z\nDTSTART:20261013T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
      ["2026-10-12T10:00Z/2026-10-12T11:00Z", "2026-10-14T10:00Z/2026-10-14T11:00Z"],
    ],
    [
      "moved with all that follow",
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261013T100000Z\nDTSTART:20261013T120000Z\nDURATION:PT2H",
      [
        "2026-10-12T10:00Z/2026-10-12T11:00Z",
        "2026-10-13T12:00Z/2026-10-13T14:00Z",
        "2026-10-14T12:00Z/2026-10-14T14:00Z",
      ],
    ],
    [
      "cancelled with all that follow",
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261013T100000Z\nDTSTART:20261013T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
      ["2026-10-12T10:00Z/2026-10-12T11:00Z"],
    ],
  ])("may have an occurrence %s", async (_, replacement, expected) => {
    expect(await read(calendarOf(seriesOf(daily, replacement)))).toEqual(expected);
    expect(await read(calendarOf(seriesOf(replacement, daily)))).toEqual(expected);
  });

  test("may have lost its series: the occurrence counts", async () => {
    const file = calendarOf(seriesOf("RECURRENCE-ID:20261013T100000Z\nDTSTART:20261013T150000Z\nDURATION:PT2H"));
    expect(await read(file)).toEqual(["2026-10-13T15:00Z/2026-10-13T17:00Z"]);
  });

  test("is what its latest version says", async () => {
    const older = "SEQUENCE:1\nDTSTART:20261012T100000Z\nDURATION:PT1H";
    const newer = "SEQUENCE:2\nDTSTART:20261012T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED";
    expect(await read(calendarOf(seriesOf(older, newer)))).toEqual([]);
    expect(await read(calendarOf(seriesOf(newer, older)))).toEqual([]);
  });
});

describe("a file", () => {
  test("of no entries, or several calendars, or with other lines and a mark of its bytes, is one", async () => {
    const lines = "DTSTART:20261012T100000Z\nDURATION:PT1H";
    expect(await read(calendarOf())).toEqual([]);
    expect(await read(calendarOf(event(lines)) + calendarOf(event(lines)))).toHaveLength(1);
    expect(await read(`\uFEFF${calendarOf(event(lines)).replaceAll("\r\n", "\n")}\n\n`)).toHaveLength(1);
  });

  test("of ours comes back as it was written", async () => {
    const minutes = fc.integer({ min: Date.parse("2026-10-01") / 60_000, max: Date.parse("2026-11-30") / 60_000 });
    const spans = fc.uniqueArray(minutes, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(spans, async (starts) => {
        const lastModified = new Date(0);
        const events = starts.map((minute, index) => ({
          ...{ uid: `${index}`, sequence: 0, summary: "x", status: "CONFIRMED" as const, lastModified },
          start: new Date(minute * 60_000),
          end: new Date((minute + 1) * 60_000),
        }));
        const times = await read(writeCalendar({ method: "PUBLISH", events }));
        const covered = times.reduce((sum, time) => {
          const [start = "", end = ""] = time.split("/");
          return sum + (Date.parse(end) - Date.parse(start)) / 60_000;
        }, 0);
        expect(covered).toBe(starts.length);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["", "not_a_calendar"],
    ["<!doctype html><p>Sign in", "not_a_calendar"],
    ["BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jane\r\nEND:VCARD\r\n", "not_a_calendar"],
    ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261012T100000Z\r\n", "damaged"],
    ["END:VCALENDAR", "not_a_calendar"],
    ["\u0000\u0001\uffff", "not_a_calendar"],
    [calendarOf(event("DURATION:PT1H")), "damaged"],
    [calendarOf(event("DTSTART:tomorrow\nDURATION:PT1H")), "damaged"],
    [calendarOf(event("DTSTART:20261012T100000Z\nDURATION:PT1H\nRRULE:every day")), "damaged"],
    [calendarOf(event("DTSTART:20261012T100000Z\nDURATION:PT1H\nRRULE:FREQ=OFTEN")), "damaged"],
    [calendarOf(event("DTSTART:20261012T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=13")), "damaged"],
    [calendarOf(event("DTSTART:20261312T100000Z\nDURATION:PT1H\nRDATE:never")), "damaged"],
    [calendarOf(event("DTSTART:20261012T100000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;INTERVAL=99999999999")), "damaged"],
    [calendarOf(event("DTSTART:20261012T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;INTERVAL=99999999999")), "damaged"],
  ])("that is none is refused: %j", async (file, reason) => {
    await expect(read(file)).rejects.toMatchObject({ name: "CalendarFileError", reason });
  });

  test("whatever it holds, is read or refused in the same way", async () => {
    const lines = fc.constantFrom(
      ...["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "UID:a", "DTSTART:20261012T100000Z"],
      ...[
        "DTSTART;VALUE=DATE:20261012",
        "DTEND:20261012T110000Z",
        "DURATION:P1W",
        "DURATION:-PT1H",
        "RRULE:FREQ=DAILY",
      ],
      ...[
        "RRULE:FREQ=YEARLY;BYDAY=5MO",
        "EXDATE:x",
        "RDATE;VALUE=PERIOD:x",
        "RECURRENCE-ID:20261012",
        ":",
        ";=",
        " folded",
      ],
      ...[
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE",
        "TZID:x",
        "DTSTART;TZID=x:20261012T100000",
        "BEGIN:STANDARD",
        "END:STANDARD",
      ],
      ...["TZOFFSETTO:+9959", "TZOFFSETFROM:junk", "BEGIN:VFREEBUSY", "END:VFREEBUSY", "FREEBUSY:x/y"],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { maxLength: 25 }), fc.boolean(), async (all, isWhole) => {
        const file = isWhole ? calendarOf(event(all.join("\n"))) : all.join("\r\n");
        const outcome = await read(file).then(
          (times) => Array.isArray(times),
          (error: unknown) => error instanceof Error && error.name === "CalendarFileError",
        );
        expect(outcome).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("work is bounded for", () => {
  const at = "DTSTART:20261012T100000Z\nDURATION:PT1H";
  const list = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index).join(",");
  test.each([
    ["every second since 1970", event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY")],
    ["every minute of a year", event(`${at}\nRRULE:FREQ=MINUTELY`).repeat(20)],
    ["a step that is too long to take", event(`${at}\nRRULE:FREQ=DAILY;INTERVAL=99999999999`)],
    ["weeks that are too many to skip", event(`${at}\nRRULE:FREQ=WEEKLY;INTERVAL=99999999999`)],
    [
      "many rules of many years",
      event("DTSTART:00010101T000000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;BYDAY=MO").repeat(3_000),
    ],
    [
      "seconds, minutes and hours of each day",
      event(`${at}\nRRULE:FREQ=DAILY;BYSECOND=${list(0, 59)};BYMINUTE=${list(0, 59)};BYHOUR=${list(0, 23)}`),
    ],
    ["a line of parameters without an end", event(`DTSTART${";a=b".repeat(400_000)}:20261012T100000Z`)],
    ["parameters in quotes without an end", event(`DTSTART;a="${";a=b".repeat(400_000)}:20261012T100000Z`)],
    ["a hundred thousand components", "BEGIN:VALARM\nEND:VALARM\n".repeat(60_000)],
    [
      "many entries in zones that many others are not",
      "BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n".repeat(5_000) + event("DTSTART;TZID=y:20261012T100000").repeat(500),
    ],
    [
      "a zone whose clocks always change",
      vienna.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "FREQ=SECONDLY") +
        event("DTSTART;TZID=Vienna Office:20261012T100000\nDURATION:PT1H"),
    ],
  ])("%s", async (_, components) => {
    const options = { from: Date.parse("2026-10-01T00:00:00Z"), to: Date.parse("2027-11-01T00:00:00Z") };
    await expect(read(calendarOf(components), options)).rejects.toMatchObject({ reason: "too_much" });
  });

  test.each([
    ["a day that never comes", event(`${at}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31`)],
    ["an hour that never comes", event(`${at}\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30`)],
    ["a step that never meets its day", event(`${at}\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=SA`)],
    ["a length of ages", event("DTSTART:20261012T100000Z\nDURATION:P99999999999999W")],
    ["a first Monday that is never a 20th", event(`${at}\nRRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=20;BYDAY=1MO`)],
    [
      "what is not about times, however long",
      `${event(at)}X-A${";a=b".repeat(400_000)}:x\nDESCRIPTION:${'\\\\",;'.repeat(200_000)}\n`,
    ],
    ["an empty line of parameters", event(`${at}\nDURATION${";a=b".repeat(1_000)}:PT1H`)],
  ])("%s, which is read all the same", async (_, components) => {
    expect((await read(calendarOf(components))).length).toBeGreaterThan(0);
  });

  test("no ordinary calendar: a thousand weekly entries of ten years, with their zone", async () => {
    const weekly = Array.from({ length: 1_000 }, (_, index) =>
      event(
        `UID:${index}\nDTSTART;TZID=Vienna Office:20240101T${String(8 + (index % 10)).padStart(2, "0")}0000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY`,
      ),
    );
    expect((await read(calendarOf(vienna, ...weekly))).length).toBeGreaterThan(8);
  });
});
