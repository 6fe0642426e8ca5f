import { minutesPerDay } from "@parley/api/rules/schedule/weekly";
import { describe, expect, test } from "vitest";
import { createClock } from "./clock";
import {
  type DraftSlot,
  draftOf,
  hourFrom,
  isSameWeek,
  movedTo,
  newDraftSlot,
  nextStep,
  placeForMore,
  problemsOf,
  problemWith,
  snap,
  sortDraft,
  stretchedTo,
  withDayCopied,
  withEdge,
  withTyped,
} from "./week-draft";

const clock = createClock("en-GB");
const [sunday, monday, tuesday, friday] = [0, 1, 2, 5];

function hours(dayOfWeek: number, startHour: number, endHour: number): DraftSlot {
  return newDraftSlot({ dayOfWeek, startMinute: startHour * 60, endMinute: endHour * 60 });
}

const spelt = (slots: readonly DraftSlot[]) =>
  slots.map(({ dayOfWeek, startMinute, endMinute }) => `${dayOfWeek} ${startMinute / 60}-${endMinute / 60}`);

describe("a draft", () => {
  test("gives every slot an id of its own, and sorts them", () => {
    const draft = draftOf([hours(tuesday, 9, 10), hours(monday, 13, 14), hours(monday, 9, 10)]);
    expect(spelt(draft)).toEqual(["1 9-10", "1 13-14", "2 9-10"]);
    expect(new Set(draft.map(({ id }) => id)).size).toBe(3);
  });

  test("is the same week in whatever order its slots stand", () => {
    const [a, b] = [hours(monday, 9, 10), hours(friday, 9, 10)];
    expect(isSameWeek([a, b], [b, a])).toBe(true);
    expect(isSameWeek([a, b], [a])).toBe(false);
    expect(isSameWeek([a], [hours(monday, 9, 11)])).toBe(false);
  });
});

describe("what cannot stand", () => {
  test("is an end that is not after its start, and what overlaps; touching is fine", () => {
    const nine = hours(monday, 9, 12);
    expect(problemWith(hours(monday, 12, 13), [nine])).toBeNull();
    expect(problemWith(hours(tuesday, 9, 12), [nine])).toBeNull();
    expect(problemWith(hours(monday, 11, 13), [nine])).toEqual({ kind: "overlap", other: nine });
    expect(problemWith(hours(tuesday, 12, 12), [nine])).toEqual({ kind: "order" });
    // It is not in its own way.
    expect(problemWith({ ...nine, endMinute: 13 * 60 }, [nine], nine.id)).toBeNull();
  });

  test("is told of both that overlap, and of text that is no time before all else", () => {
    const [one, two, apart] = [hours(monday, 9, 12), hours(monday, 11, 13), hours(friday, 9, 10)];
    expect([...problemsOf([one, two, apart]).keys()]).toEqual([one.id, two.id]);
    const unread = { ...one, unreadable: { end: "whenever" } };
    expect(problemsOf([unread, apart]).get(one.id)).toEqual({ kind: "unreadable", text: "whenever" });
  });
});

describe("typing", () => {
  const slot = hours(monday, 9, 12);
  const typed = (edge: "start" | "end", text: string, into: DraftSlot = slot) =>
    withTyped([into], { id: into.id, edge, text }, clock)[0] as DraftSlot;

  test("puts the edge where it was typed, though it may not stand there", () => {
    expect(typed("start", "10:30")).toMatchObject({ startMinute: 630, endMinute: 720 });
    expect(typed("end", "8")).toMatchObject({ startMinute: 540, endMinute: 480 });
    expect(typed("end", "24:00").endMinute).toBe(minutesPerDay);
  });

  test("keeps what is no time as text, and the edge where it was, until it is mended", () => {
    const broken = typed("end", " whenever ");
    expect(broken).toMatchObject({ endMinute: 720, unreadable: { end: "whenever" } });
    expect(typed("start", "10", broken)).toMatchObject({ startMinute: 600, unreadable: { end: "whenever" } });
    const mended = typed("end", "11", broken);
    expect(mended).toMatchObject({ endMinute: 660, unreadable: {} });
    expect(problemsOf([mended]).size).toBe(0);
  });

  test("leaves the other slots alone", () => {
    const other = hours(friday, 9, 10);
    expect(withTyped([slot, other], { id: slot.id, edge: "end", text: "11" }, clock)[1]).toBe(other);
  });

  test("reads an hour after the start as the afternoon where hours are told to twelve", () => {
    const american = createClock("en-US");
    const [read] = withTyped([slot], { id: slot.id, edge: "end", text: "5" }, american);
    expect(read?.endMinute).toBe(17 * 60);
    expect(withEdge(slot, "end", 600)).toMatchObject({ startMinute: 540, endMinute: 600 });
  });
});

describe("moving and stretching", () => {
  test("goes by quarters of an hour, and odd times fall into step", () => {
    expect([snap(547), snap(548)]).toEqual([540, 555]);
    expect([nextStep(547, 1), nextStep(547, -1), nextStep(540, 1), nextStep(540, -1)]).toEqual([555, 540, 555, 525]);
  });

  test("keeps the length, and stays within the day", () => {
    const slot = hours(monday, 9, 12);
    expect(movedTo(slot, friday, 23 * 60)).toEqual({ dayOfWeek: friday, startMinute: 1260, endMinute: minutesPerDay });
    expect(movedTo(slot, monday, -60)).toEqual({ dayOfWeek: monday, startMinute: 0, endMinute: 180 });
  });

  test("leaves at least a quarter of an hour", () => {
    const slot = hours(monday, 9, 12);
    expect(stretchedTo(slot, "start", 13 * 60).startMinute).toBe(705);
    expect(stretchedTo(slot, "end", 0).endMinute).toBe(555);
    expect(stretchedTo(slot, "end", 2000).endMinute).toBe(minutesPerDay);
  });
});

describe("room for more", () => {
  test("an hour is cut short by what follows, and there is none where it is taken", () => {
    const slots = [hours(monday, 10, 12)];
    expect(hourFrom(slots, monday, 9.5 * 60)).toEqual({ dayOfWeek: monday, startMinute: 570, endMinute: 600 });
    expect(hourFrom(slots, monday, 11 * 60)).toBeNull();
    expect(hourFrom([], monday, 23.5 * 60)?.endMinute).toBe(minutesPerDay);
  });

  test("is a working day on an empty one, an hour's break after the last, else the first gap; null on a full day", () => {
    const place = (...slots: DraftSlot[]) => {
      const found = placeForMore(slots, monday);
      return found && [found.startMinute / 60, found.endMinute / 60];
    };
    expect(place()).toEqual([9, 17]);
    expect(place(hours(monday, 9, 12))).toEqual([13, 14]);
    expect(place(hours(monday, 9, 23.5))).toEqual([23.5, 24]);
    expect(place(hours(monday, 9, 24))).toEqual([1, 2]);
    expect(place(hours(monday, 0, 9), hours(monday, 10, 24))).toEqual([9, 10]);
    expect(place(hours(monday, 0, 24))).toBeNull();
  });
});

test("a day that is copied takes the place of what the others had, and stays what it was", () => {
  const week = sortDraft([hours(monday, 9, 12), hours(monday, 13, 17), hours(tuesday, 8, 9), hours(sunday, 10, 11)]);
  const copied = withDayCopied(week, monday, [monday, tuesday, friday]);
  expect(spelt(copied)).toEqual(["0 10-11", "1 9-12", "1 13-17", "2 9-12", "2 13-17", "5 9-12", "5 13-17"]);
  expect(new Set(copied.map(({ id }) => id)).size).toBe(copied.length);
});
