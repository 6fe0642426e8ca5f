import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, event, read, vienna } from "../test/calendars";
import { writeCalendar } from "./calendar-file";

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
