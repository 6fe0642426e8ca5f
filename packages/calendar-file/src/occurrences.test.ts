import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, event, read, seriesOf, vienna } from "../test/calendars";

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
