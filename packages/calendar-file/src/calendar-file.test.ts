import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { type Calendar, type CalendarEvent, writeCalendar } from "./calendar-file";

const event: CalendarEvent = {
  uid: "0190-a@parley",
  sequence: 2,
  start: new Date("2026-11-21T10:00:00Z"),
  end: new Date("2026-11-21T10:30:00Z"),
  summary: "Conversation with Jane",
  status: "CONFIRMED",
  lastModified: new Date("2026-11-20T08:00:00Z"),
};
const write = (more: Partial<CalendarEvent> = {}, calendar: Partial<Calendar> = {}) =>
  writeCalendar({ method: "PUBLISH", events: [{ ...event, ...more }], ...calendar });

function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const entries = calendar.getAllSubcomponents("vevent");
  const value = (name: string) => entries[0]?.getFirstPropertyValue(name) ?? null;
  return { calendar, entries, value, text: (name: string) => String(value(name)) };
}

/** As the file can hold it: one kind of line end, no control characters, no halves of characters. */
const asHeld = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "");

/** The reader knows no names of calendars, and leaves their escapes to us. */
const unescaped = (text: string) => text.replace(/\\([\\;,])/g, "$1");

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom("é", "😀", "漢", ",", ";", "\\", "\n", "\r", '"', ":", "n", " ", "\t"),
    maxLength: 200,
  }),
);

describe("a file", () => {
  test("has lines that end in CRLF and hold at most 75 octets, and parts no character", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (summary, description, name) => {
        const file = write({ summary, description, organizer: { name, email: "a@b.example" } }, { name });
        expect(file.endsWith("END:VCALENDAR\r\n")).toBe(true);
        expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        for (const line of Buffer.from(file).toString("latin1").split("\r\n")) {
          expect(line.length).toBeLessThanOrEqual(75);
          const octets = Buffer.from(line, "latin1");
          expect(Buffer.from(octets.toString("utf8")).equals(octets)).toBe(true);
        }
      }),
    );
  });

  test("says what it was given, as another library reads it", () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        anyText,
        fc.webUrl({ withQueryParameters: true }),
        (summary, description, name, url) => {
          const { calendar, entries, text } = read(write({ summary, description, url }, { name }));
          expect(entries).toHaveLength(1);
          expect(text("summary")).toBe(asHeld(summary));
          if (asHeld(description) !== "") expect(text("description")).toBe(asHeld(description));
          expect(unescaped(String(calendar.getFirstPropertyValue("x-wr-calname") ?? ""))).toBe(
            asHeld(name).replaceAll("\n", " "),
          );
          expect(decodeURIComponent(text("url").replace(/%(?!2C|3B)/g, "%25"))).toBe(new URL(url).href);
        },
      ),
    );
  });

  test("says instants, in UTC", () => {
    const instants = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 480 }), fc.nat(), (start, minutes, sequence) => {
        start.setUTCMilliseconds(0);
        const end = new Date(start.getTime() + minutes * 60_000);
        const { value } = read(write({ start, end, sequence, lastModified: start }));
        for (const [name, instant] of [
          ["dtstart", start],
          ["dtend", end],
          ["dtstamp", start],
          ["last-modified", start],
        ] as const) {
          const time = value(name) as ICAL.Time;
          expect(time.zone).toBe(ICAL.Timezone.utcTimezone);
          expect(time.toJSDate()).toEqual(instant);
        }
        expect(value("sequence")).toBe(sequence);
      }),
    );
  });

  test("of the same is the same, byte for byte", () => {
    expect(write({ remindersMinutes: [15] })).toBe(write({ remindersMinutes: [15] }));
  });

  test("of no entries is a calendar still", () => {
    expect(read(writeCalendar({ method: "PUBLISH", events: [] })).entries).toEqual([]);
  });
});

describe("people", () => {
  test("are named as well as a parameter can, and never break out of it", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const { entries } = read(write({ organizer: { name, email: "host@parley.example" } }));
        const organizer = entries[0]?.getFirstProperty("organizer");
        const said = asHeld(name)
          .replaceAll("\n", " ")
          .replaceAll('"', "'")
          .replaceAll("\\", "/")
          .replaceAll("^", "ˆ")
          .trim();
        expect(organizer?.getParameter("cn")).toBe(said === "" ? "host@parley.example" : said);
        expect(organizer?.getFirstValue()).toBe("mailto:host@parley.example");
      }),
    );
  });

  test.each([
    [true, "ACCEPTED"],
    [false, "NEEDS-ACTION"],
  ])("take part (%s) as %s, and are not asked to answer", (hasAccepted, status) => {
    const { entries } = read(
      write({ attendee: { name: "Jo", email: "jo@b.example", hasAccepted } }, { method: "REQUEST" }),
    );
    const attendee = entries[0]?.getFirstProperty("attendee");
    expect(attendee?.getParameter("partstat")).toBe(status);
    expect(attendee?.getParameter("rsvp")).toBe("FALSE");
    expect(String(attendee?.getFirstValue()).toLowerCase()).toBe("mailto:jo@b.example");
  });
});

describe("what a calendar is told", () => {
  test.each(["REQUEST", "CANCEL", "PUBLISH"] as const)("%s", (method) => {
    expect(read(write({}, { method })).calendar.getFirstPropertyValue("method")).toBe(method);
  });

  test.each([
    ["CONFIRMED", "OPAQUE"],
    ["TENTATIVE", "OPAQUE"],
    ["CANCELLED", "TRANSPARENT"],
  ] as const)("%s entries are %s", (status, transparency) => {
    const { text } = read(write({ status }));
    expect([text("status"), text("transp")]).toEqual([status, transparency]);
  });

  test("reminders, and how often to look again", () => {
    const { calendar, entries } = read(write({ remindersMinutes: [1440, 15] }, { refreshMinutes: 30 }));
    const alarms = entries[0]?.getAllSubcomponents("valarm") ?? [];
    expect(alarms.map((alarm) => String(alarm.getFirstPropertyValue("trigger")))).toEqual(["-P1D", "-PT15M"]);
    expect(String(calendar.getFirstPropertyValue("refresh-interval"))).toBe("PT30M");
  });

  test("never an address that is none", () => {
    expect(() => write({ url: "not an address" })).toThrow(TypeError);
  });
});
