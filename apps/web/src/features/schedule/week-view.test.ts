import { describe, expect, test } from "vitest";
import { weekView } from "./week-view";

const british = (timeZone: string) => ({ timeZone, locale: "en-GB" });
const opening = (start: string, end: string) => ({ start, end });

/** "25: 09:00 – 17:00 (540-1020)" for each day that has any. */
function spelt(view: ReturnType<typeof weekView>): string[] {
  return view.days.flatMap(({ dayOfMonth, parts }) =>
    parts.map(({ startMinute, endMinute, text }) => `${dayOfMonth}: ${text} (${startMinute}-${endMinute})`),
  );
}

describe("a week in words and bars", () => {
  const now = Date.parse("2026-11-25T12:00:00Z");
  const office = [
    opening("2026-11-25T09:00:00Z", "2026-11-25T17:00:00Z"),
    opening("2026-11-26T09:00:00Z", "2026-11-26T17:00:00Z"),
  ];

  test("is seven days from today as the viewer's zone has it", () => {
    const view = weekView(office, british("UTC"), now);
    expect(view.days.map(({ date }) => date)).toEqual(
      [25, 26, 27, 28, 29, 30].map((day) => `2026-11-${day}`).concat("2026-12-01"),
    );
    expect(view.days.map(({ isToday, nowMinute }) => [isToday, nowMinute])).toEqual([
      [true, 720],
      ...new Array(6).fill([false, null]),
    ]);
    expect(spelt(view)).toEqual(["25: 09:00 – 17:00 (540-1020)", "26: 09:00 – 17:00 (540-1020)"]);
    expect(view).toMatchObject({ zone: "UTC, GMT+0", isOpenNow: true, scale: ["00:00", "06:00", "12:00", "18:00"] });
    expect(view.next).toEqual(["Now, until 17:00", "Tomorrow, 09:00 – 17:00"]);
  });

  test("puts what goes on over midnight on both days", () => {
    const view = weekView(office, british("Asia/Tokyo"), now);
    expect(view.zone).toBe("Asia / Tokyo, GMT+9");
    expect(spelt(view)).toEqual([
      "25: 18:00 – 02:00 (1080-1440)",
      "26: Until 02:00 (0-120)",
      "26: 18:00 – 02:00 (1080-1440)",
      "27: Until 02:00 (0-120)",
    ]);
  });

  test("leaves out what is over, and knows that it is closed in between", () => {
    const view = weekView(office, british("UTC"), Date.parse("2026-11-25T17:00:00Z"));
    expect(spelt(view)).toEqual(["26: 09:00 – 17:00 (540-1020)"]);
    expect(view.isOpenNow).toBe(false);
  });

  test("calls whole days so, and those who are always there", () => {
    const view = weekView([opening("2026-11-18T12:00:00Z", "2026-12-03T12:00:00Z")], british("UTC"), now);
    expect(spelt(view)).toHaveLength(7);
    expect(spelt(view)[1]).toBe("26: All day (0-1440)");
    expect(view.next).toEqual(["Around the clock"]);
  });

  test("is written as the viewer's language has it", () => {
    const view = weekView(office, { timeZone: "America/New_York", locale: "en-US" }, now);
    expect(view.days[0]?.parts[0]?.text.replace(/\s/gu, " ")).toBe("4:00 AM – 12:00 PM");
    expect(view.days[1]?.weekday).toBe("Thu");
  });
});

describe("around a change of clocks", () => {
  test("the same instants are other times after it, and each date has its own", () => {
    // Nine in Berlin, on the Saturday before summer time ends there and on the Monday after, read in Phoenix and Berlin.
    const openings = [
      opening("2026-10-24T07:00:00Z", "2026-10-24T08:00:00Z"),
      opening("2026-10-26T08:00:00Z", "2026-10-26T09:00:00Z"),
    ];
    const now = Date.parse("2026-10-23T12:00:00Z");
    expect(spelt(weekView(openings, british("Europe/Berlin"), now))).toEqual([
      "24: 09:00 – 10:00 (540-600)",
      "26: 09:00 – 10:00 (540-600)",
    ]);
    expect(spelt(weekView(openings, british("America/Phoenix"), now))).toEqual([
      "24: 00:00 – 01:00 (0-60)",
      "26: 01:00 – 02:00 (60-120)",
    ]);
  });

  test("what ends earlier by the clock than it began is drawn as long as it is", () => {
    // From 2:30, the first time, to 2:15, the second: three quarters of an hour.
    const openings = [opening("2026-10-25T00:30:00Z", "2026-10-25T01:15:00Z")];
    const view = weekView(openings, british("Europe/Berlin"), Date.parse("2026-10-24T12:00:00Z"));
    expect(spelt(view)).toEqual(["25: 02:30 – 02:15 (150-195)"]);
  });

  test("a day of 25 hours is one day among seven", () => {
    const view = weekView([], british("Europe/Berlin"), Date.parse("2026-10-24T22:30:00Z"));
    expect(view.days.map(({ dayOfMonth }) => dayOfMonth)).toEqual(["25", "26", "27", "28", "29", "30", "31"]);
  });
});
