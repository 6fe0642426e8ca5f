import { minutesPerDay } from "@parley/api/rules/schedule/weekly";
import { describe, expect, test } from "vitest";
import { createClock } from "./clock";

const british = createClock("en-GB");
const american = createClock("en-US");

/** The blank before AM and PM differs between versions of ICU. */
const plain = (text: string) => text.replace(/\s/gu, " ");

describe("writing", () => {
  test("hours told to 24 have two digits, and the day ends at 24:00", () => {
    expect([british.time(540), british.hour(9), british.time(minutesPerDay)]).toEqual(["09:00", "09:00", "24:00"]);
    expect(british.slot({ dayOfWeek: 1, startMinute: 540, endMinute: 1440 })).toBe("Monday, 09:00 – 24:00");
  });

  test("hours told to twelve are as short as people write them, and the day ends at midnight", () => {
    expect(plain(american.time(540))).toBe("9:00 AM");
    expect(plain(american.hour(21))).toBe("9 PM");
    expect(plain(american.range({ dayOfWeek: 1, startMinute: 540, endMinute: 1440 }))).toBe("9:00 AM – midnight");
  });

  test("weeks begin on the day on which they begin there", () => {
    expect(createClock("de-DE").days).toEqual([1, 2, 3, 4, 5, 6, 0]);
    expect(american.days).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(createClock("ar-EG").days[0]).toBe(6);
    expect([british.day(0), british.day(3, "short")]).toEqual(["Sunday", "Wed"]);
  });
});

describe("reading", () => {
  const start = (text: string, clock = british) => clock.parse(text, { isEnd: false });
  const end = (text: string, after: number, clock = british) => clock.parse(text, { isEnd: true, after });

  test.each([
    ["9", 540],
    ["09", 540],
    ["9:30", 570],
    ["9.30", 570],
    ["9h30", 570],
    ["0930", 570],
    ["930", 570],
    [" 9:05 ", 545],
    ["14h", 840],
    ["5pm", 1020],
    ["5 p.m.", 1020],
    ["12am", 0],
    ["12 pm", 720],
    ["noon", 720],
    ["midnight", 0],
    ["24:00", 0],
    ["23:59", 1439],
  ])("%s is minute %i", (text, minute) => {
    expect(start(text)).toBe(minute);
  });

  test.each(["", "whenever", "25", "24:01", "9:60", "13pm", "0am", "9:5", "-9", "9-17", "1e3"])(
    "%j is no time",
    (text) => {
      expect(start(text)).toBeNull();
      expect(end(text, 0)).toBeNull();
    },
  );

  test("an end may be the day's end, by any of its names", () => {
    for (const name of ["24", "24:00", "0", "00:00", "midnight"]) expect(end(name, 540), name).toBe(minutesPerDay);
    expect(end("12am", 540, american)).toBe(minutesPerDay);
  });

  test("an hour that is over is the afternoon's where hours are told to twelve, and there alone", () => {
    expect(end("5", 540, american)).toBe(17 * 60);
    expect(end("5:30", 540, american)).toBe(17.5 * 60);
    expect(end("5", 540)).toBe(5 * 60);
    expect(end("10", 540, american)).toBe(10 * 60);
    // Said to be the morning, it is.
    expect(end("5am", 540, american)).toBe(5 * 60);
  });

  test("whatever it writes it reads again, in every language", () => {
    for (const locale of ["en-US", "en-GB", "de-DE", "fr-FR", "ja-JP", "ko-KR", "zh-TW", "el-GR", "hi-IN", "ar-EG"]) {
      const clock = createClock(locale);
      for (let minute = 0; minute < minutesPerDay; minute += 15) {
        expect(clock.parse(clock.time(minute), { isEnd: false }), `${locale}: ${clock.time(minute)}`).toBe(minute);
      }
      expect(clock.parse(clock.time(minutesPerDay), { isEnd: true }), locale).toBe(minutesPerDay);
    }
  });
});
