import { describe, expect, test } from "vitest";
import { defaultBookingRules } from "../booking-rules/rules";
import { findOpenings, isOpen, type OpeningsRequest } from "./rules";

const at = (text: string) => Date.parse(text);
const spelt = (starts: number[]) => starts.map((start) => new Date(start).toISOString().replace(":00.000Z", "Z"));
const span = (start: string, end: string) => ({ start: at(start), end: at(end) });
const minutes = (startTime: string, endTime: string) => {
  const [startMinute = 0, endMinute = 0] = [startTime, endTime].map((time) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return hour * 60 + minute;
  });
  return { startMinute, endMinute };
};
const hours = (dayOfWeek: number, startTime: string, endTime: string) => ({
  dayOfWeek,
  ...minutes(startTime, endTime),
});
const everyDay = (startTime: string, endTime: string) =>
  [0, 1, 2, 3, 4, 5, 6].map((day) => hours(day, startTime, endTime));

/** A host in New York on Monday the 23rd of November 2026, one hour long, on the hour, and nothing in the way. */
function request(about: Partial<Omit<OpeningsRequest, "rules">> & { rules?: Partial<OpeningsRequest["rules"]> } = {}) {
  const { rules, ...rest } = about;
  return {
    timezone: "America/New_York",
    weeklySlots: [hours(1, "09:00", "12:00")],
    overrides: [],
    rules: {
      ...defaultBookingRules,
      ...{ durationsMinutes: [30, 60], stepMinutes: 60, minimumNoticeMinutes: 0 },
      ...rules,
    },
    taken: [],
    hostedStarts: [],
    now: at("2026-11-20T00:00:00Z"),
    from: at("2026-11-23T00:00:00Z"),
    to: at("2026-11-24T00:00:00Z"),
    durationMinutes: 60,
    ...rest,
  } satisfies OpeningsRequest;
}
const found = (about: Parameters<typeof request>[0] = {}) => spelt(findOpenings(request(about)));

describe("what is asked for", () => {
  test("a start may be at the beginning of the time asked about, not at its end", () => {
    const all = ["2026-11-23T14:00Z", "2026-11-23T15:00Z", "2026-11-23T16:00Z"];
    expect(found()).toEqual(all);
    expect(found({ from: at("2026-11-23T15:00:00Z"), to: at("2026-11-23T16:00:00Z") })).toEqual([all[1]]);
    expect(found({ from: at("2026-11-23T14:00:00.001Z"), to: at("2026-11-23T15:00:00.001Z") })).toEqual([all[1]]);
    expect(found({ from: at("2026-11-23T15:00:00Z"), to: at("2026-11-23T15:00:00Z") })).toEqual([]);
    expect(found({ limit: 2 })).toEqual(all.slice(0, 2));
  });

  test("nothing has a length that is not offered", () => {
    expect(found({ durationMinutes: 45 })).toEqual([]);
    expect(found({ durationMinutes: 30 })).toHaveLength(3);
  });

  test("what does not fit before the end is not there", () => {
    expect(found({ rules: { stepMinutes: 30 } })).toEqual([
      ...["2026-11-23T14:00Z", "2026-11-23T14:30Z", "2026-11-23T15:00Z", "2026-11-23T15:30Z", "2026-11-23T16:00Z"],
    ]);
  });

  test("the grid starts with the hours, whenever is asked", () => {
    const weeklySlots = [hours(1, "09:10", "12:00")];
    const rules = { stepMinutes: 50 };
    expect(found({ weeklySlots, rules })).toEqual(["2026-11-23T14:10Z", "2026-11-23T15:00Z", "2026-11-23T15:50Z"]);
    expect(found({ weeklySlots, rules, from: at("2026-11-23T15:20:00Z") })).toEqual(["2026-11-23T15:50Z"]);
  });

  test("hours that never end have the grid of the week before, whenever is asked", () => {
    const always = { timezone: "UTC", weeklySlots: everyDay("00:00", "24:00"), rules: { stepMinutes: 50 } };
    const on = (from: string, to: string) => found({ ...always, from: at(from), to: at(to) });
    // Eight days from Sunday the 15th are 230 steps and 20 minutes.
    expect(on("2026-11-23T00:00:00Z", "2026-11-23T02:00:00Z")).toEqual(["2026-11-23T00:30Z", "2026-11-23T01:20Z"]);
    expect(on("2026-11-23T01:00:00Z", "2026-11-23T02:00:00Z")).toEqual(["2026-11-23T01:20Z"]);
  });
});

describe("lessons", () => {
  test("C1: nine o'clock stays nine o'clock over the change of November", () => {
    const about = {
      weeklySlots: [hours(6, "09:00", "10:00"), hours(0, "09:00", "10:00"), hours(1, "09:00", "10:00")],
      now: at("2026-10-25T00:00:00Z"),
      from: at("2026-10-31T00:00:00Z"),
      to: at("2026-11-03T00:00:00Z"),
    };
    expect(found(about)).toEqual(["2026-10-31T13:00Z", "2026-11-01T14:00Z", "2026-11-02T14:00Z"]);
  });

  test("C2: the notice is elapsed time, and the window is dates", () => {
    const about = {
      weeklySlots: everyDay("00:00", "24:00"),
      now: at("2026-10-31T06:30:00Z"),
      from: at("2026-10-31T06:00:00Z"),
      to: at("2026-11-04T00:00:00Z"),
    };
    // 24 hours from half past two in the morning are half past one, for the second time.
    expect(found({ ...about, rules: { minimumNoticeMinutes: 24 * 60, stepMinutes: 30 } })[0]).toBe("2026-11-01T06:30Z");
    const before = found({ ...about, rules: { minimumNoticeMinutes: 24 * 60 - 30, stepMinutes: 30 } });
    expect(before[0]).toBe("2026-11-01T06:00Z");
    // Today and two days more, the one of 25 hours among them.
    expect(found({ ...about, rules: { windowDays: 2 } }).at(-1)).toBe("2026-11-03T04:00Z");
    expect(found({ ...about, rules: { windowDays: 1 } }).at(-1)).toBe("2026-11-02T04:00Z");
  });

  test("C2: the window is as many dates ahead of today where the host is, not of today in UTC", () => {
    const auckland = {
      timezone: "Pacific/Auckland",
      weeklySlots: everyDay("12:00", "13:00"),
      rules: { windowDays: 1 },
    };
    const [from, to] = [at("2026-11-20T00:00:00Z"), at("2026-11-30T00:00:00Z")];
    const last = (now: string) => found({ ...auckland, now: at(now), from, to }).at(-1);
    expect(last("2026-11-22T10:59:00Z")).toBe("2026-11-22T23:00Z");
    expect(last("2026-11-22T11:00:00Z")).toBe("2026-11-23T23:00Z");
  });

  test("C3: what is listed can be booked, and nothing beside it", () => {
    const asked = request({ taken: [span("2026-11-23T15:30:00Z", "2026-11-23T16:00:00Z")] });
    expect(spelt(findOpenings(asked))).toEqual(["2026-11-23T14:00Z", "2026-11-23T16:00Z"]);
    const canBook = (text: string) => isOpen(asked, at(text));
    expect(["2026-11-23T14:00:00Z", "2026-11-23T16:00:00Z"].every(canBook)).toBe(true);
    const others = ["2026-11-23T13:00:00Z", "2026-11-23T14:00:00.001Z", "2026-11-23T14:01:00Z", "2026-11-23T14:30:00Z"];
    expect([...others, "2026-11-23T15:00:00Z", "2026-11-23T17:00:00Z", "2026-11-24T14:00:00Z"].some(canBook)).toBe(
      false,
    );
  });

  test("C4: a start is told with the hours of its own date, also where a zone's rules have ended", () => {
    // São Paulo had its last summer time in 2019.
    const saoPaulo = { timezone: "America/Sao_Paulo", weeklySlots: everyDay("09:00", "10:00") };
    const on = (date: string) => {
      const from = at(`${date}T00:00:00Z`);
      return found({ ...saoPaulo, now: from, from, to: from + 24 * 60 * 60_000 });
    };
    expect(on("2019-01-15")).toEqual(["2019-01-15T11:00Z"]);
    expect(on("2020-01-15")).toEqual(["2020-01-15T12:00Z"]);
  });

  test("C5: a date's own hours replace its weekday's, also where that has none", () => {
    const sunday = [{ date: "2026-11-22", slots: [minutes("10:00", "11:00")] }];
    expect(found({ overrides: sunday, from: at("2026-11-22T00:00:00Z") })[0]).toBe("2026-11-22T15:00Z");
    const later = [{ date: "2026-11-23", slots: [minutes("18:00", "19:00")] }];
    expect(found({ overrides: later })).toEqual(["2026-11-23T23:00Z"]);
    expect(found({ overrides: [{ date: "2026-11-23", slots: [] }] })).toEqual([]);
  });

  test.each([
    ["Pacific/Kiritimati", ["2026-11-23T07:00Z"]],
    ["Pacific/Pago_Pago", ["2026-11-24T08:00Z"]],
    ["America/Los_Angeles", ["2026-11-24T05:00Z"]],
  ])("C6: a date is one of the host's own zone, in %s", (timezone, expected) => {
    const weeklySlots = everyDay("09:00", "10:00");
    const overrides = ["2026-11-22", "2026-11-24"].map((date) => ({ date, slots: [] }));
    const evening = { date: "2026-11-23", slots: [minutes("21:00", "22:00")] };
    const about = { timezone, weeklySlots, overrides: [...overrides, evening] };
    expect(found({ ...about, from: at("2026-11-22T12:00:00Z"), to: at("2026-11-24T11:00:00Z") })).toEqual(expected);
  });

  test("C7: openings are instants, the same whoever looks from wherever", () => {
    const closed = { overrides: [{ date: "2026-11-23", slots: [] }] };
    const around = { weeklySlots: everyDay("20:00", "23:00"), ...closed };
    // The viewer's day, in any zone, only cuts the same list.
    const all = found({ ...around, from: at("2026-11-22T00:00:00Z"), to: at("2026-11-26T00:00:00Z") });
    for (const offset of [-11, -5, 0, 5.5, 14]) {
      const from = at("2026-11-23T00:00:00Z") - offset * 60 * 60_000;
      const to = from + 24 * 60 * 60_000;
      expect(found({ ...around, from, to })).toEqual(all.filter((start) => at(start) >= from && at(start) < to));
    }
    expect(all.some((start) => at(start) >= at("2026-11-23T05:00:00Z") && at(start) < at("2026-11-24T05:00:00Z"))).toBe(
      false,
    );
  });

  test("C8: hours go on to 24:00 and over midnight", () => {
    const weeklySlots = [hours(1, "22:30", "24:00"), hours(2, "00:00", "01:30")];
    expect(found({ weeklySlots, to: at("2026-11-25T00:00:00Z") })).toEqual([
      "2026-11-24T03:30Z",
      "2026-11-24T04:30Z",
      "2026-11-24T05:30Z",
    ]);
    expect(found({ weeklySlots: [hours(1, "22:59", "23:59")], to: at("2026-11-25T00:00:00Z") })).toEqual([
      "2026-11-24T03:59Z",
    ]);
  });
});

describe("clock changes", () => {
  const on = (timezone: string, date: string, startTime: string, endTime: string, length = 30) =>
    found({
      timezone,
      weeklySlots: everyDay(startTime, endTime),
      rules: { stepMinutes: 30 },
      durationMinutes: length,
      now: at(`${date}T00:00:00Z`) - 24 * 60 * 60_000,
      from: at(`${date}T00:00:00Z`) - 14 * 60 * 60_000,
      to: at(`${date}T00:00:00Z`) + 36 * 60 * 60_000,
    }).filter((start) => new Intl.DateTimeFormat("sv-SE", { timeZone: timezone }).format(at(start)) === date);

  test.each([
    ["an hour that is skipped", "America/New_York", "2026-03-08", "01:30", "03:30", ["06:30", "07:00"]],
    [
      "an hour that comes twice",
      "America/New_York",
      "2026-11-01",
      "01:00",
      "02:00",
      ["05:00", "05:30", "06:00", "06:30"],
    ],
    ["half an hour that is skipped", "Australia/Lord_Howe", "2026-10-04", "01:30", "03:00", ["15:00", "15:30"]],
    ["two hours that are skipped", "Antarctica/Troll", "2026-03-29", "00:30", "03:30", ["00:30", "01:00"]],
    ["a midnight that is skipped", "Asia/Beirut", "2026-03-29", "00:00", "02:00", ["22:00", "22:30"]],
    [
      "an hour before midnight that comes twice",
      "Africa/Cairo",
      "2026-10-29",
      "23:00",
      "24:00",
      ["20:00", "20:30", "21:00", "21:30"],
    ],
    ["a day that is skipped", "Pacific/Apia", "2011-12-30", "00:00", "24:00", []],
  ])("%s", (_, timezone, date, startTime, endTime, expected) => {
    expect(on(timezone, date, startTime, endTime).map((start) => start.slice(11, 16))).toEqual(expected);
  });
});

describe("what stands in the way", () => {
  const morning = { rules: { stepMinutes: 30 }, durationMinutes: 30 };
  const times = (about: Parameters<typeof request>[0]) => found(about).map((start) => start.slice(11, 16));

  test.each([
    ["nothing", [], ["14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]],
    [
      "a booking",
      [span("2026-11-23T15:00:00Z", "2026-11-23T15:30:00Z")],
      ["14:00", "14:30", "15:30", "16:00", "16:30"],
    ],
    [
      "what ends and begins within",
      [span("2026-11-23T14:59:00Z", "2026-11-23T15:01:00Z")],
      ["14:00", "15:30", "16:00", "16:30"],
    ],
    [
      "overlapping ones, in disorder",
      [span("2026-11-23T15:30:00Z", "2026-11-23T17:00:00Z"), span("2026-11-23T14:30:00Z", "2026-11-23T16:00:00Z")],
      ["14:00"],
    ],
    ["one from before to after", [span("2026-11-20T00:00:00Z", "2026-11-28T00:00:00Z")], []],
    [
      "one that has no length",
      [span("2026-11-23T15:10:00Z", "2026-11-23T15:10:00Z")],
      ["14:00", "14:30", "15:00", "15:30", "16:00", "16:30"],
    ],
  ])("%s", (_, taken, expected) => {
    expect(times({ ...morning, taken })).toEqual(expected);
  });

  test("buffers need room around a booking, not within the hours", () => {
    const rules = { stepMinutes: 30, bufferBeforeMinutes: 15, bufferAfterMinutes: 30 };
    expect(times({ durationMinutes: 30, rules })).toEqual(["14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]);
    // The one there takes its own buffers with it.
    const taken = [span("2026-11-23T14:45:00Z", "2026-11-23T16:00:00Z")];
    expect(times({ durationMinutes: 30, rules, taken })).toEqual(["16:30"]);
    const short = [span("2026-11-23T15:00:00Z", "2026-11-23T15:45:00Z")];
    expect(times({ durationMinutes: 30, rules, taken: short })).toEqual(["14:00", "16:00", "16:30"]);
  });

  test("a date that has as many as it may is full, by the host's own dates", () => {
    const evening = {
      weeklySlots: everyDay("18:00", "20:00"),
      from: at("2026-11-23T05:00:00Z"),
      to: at("2026-11-25T05:00:00Z"),
      rules: { maxPerDay: 2 },
    };
    const of = (...starts: string[]) => found({ ...evening, hostedStarts: starts.map(at) });
    // Half past midnight in UTC is still Monday in New York.
    const tuesday = ["2026-11-24T23:00Z", "2026-11-25T00:00Z"];
    expect(of("2026-11-23T14:00:00Z", "2026-11-24T00:30:00Z")).toEqual(tuesday);
    expect(of("2026-11-23T14:00:00Z")).toHaveLength(4);
  });
});
