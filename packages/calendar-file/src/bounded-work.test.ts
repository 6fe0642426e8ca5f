import { describe, expect, test } from "vitest";
import { calendarOf, event, read, vienna } from "../test/calendars";

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
