"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { type LocalWeek, maxWeeklySlots } from "@parley/api/schema/schedule/weekly";
import { useMemo, useRef, useState } from "react";
import type { Clock } from "./clock";
import {
  type DraftSlot,
  draftOf,
  isSameWeek,
  newDraftSlot,
  type Problem,
  problemsOf,
  problemWith,
  sortDraft,
} from "./week-draft";

/** What a reader is told in place: what happened, or why something was refused. */
export interface Note {
  text: string;
  isRefusal: boolean;
}

/** The week as it is edited, what was saved last, and all that can be done to it by hand, key or typing. */
export function useWeekEditor(loaded: LocalWeek, clock: Clock) {
  const [saved, setSaved] = useState(loaded);
  const [timezone, setTimezone] = useState(loaded.timezone);
  const [slots, setSlots] = useState(() => draftOf(loaded.slots));
  const [note, setNote] = useState<Note | null>(null);
  // What is to have the focus once the change has been drawn.
  const focusTarget = useRef<string | null>(null);

  const problems = useMemo(() => problemsOf(slots), [slots]);
  const isDirty = timezone !== saved.timezone || !isSameWeek(slots, saved.slots);

  const tell = (text: string) => setNote({ text, isRefusal: false });
  const refuse = (text: string) => setNote({ text, isRefusal: true });

  function load(week: LocalWeek) {
    setSaved(week);
    setTimezone(week.timezone);
    setSlots(draftOf(week.slots));
    setNote(null);
  }

  /** Puts a slot where it was drawn, or refuses with the reason and leaves everything as it was. */
  function place(id: string | null, slot: WeeklySlot): boolean {
    const problem = problemWith(slot, slots, id);
    if (problem !== null) {
      refuse(`Not changed: ${problemText(problem, clock)}`);
      return false;
    }
    if (id === null && slots.length >= maxWeeklySlots) {
      refuse(`A week has room for ${maxWeeklySlots} stretches of hours.`);
      return false;
    }
    const placed = id === null ? newDraftSlot(slot) : { ...slot, id };
    setSlots(sortDraft([...slots.filter((other) => other.id !== id), placed]));
    focusTarget.current = placed.id;
    tell(`${id === null ? "Added" : "Now"} ${clock.slot(placed)}.`);
    return true;
  }

  /** Takes times as they were typed. What cannot stand is shown beside the fields until it is mended. */
  function retype(id: string, times: Partial<Pick<DraftSlot, "startMinute" | "endMinute">>) {
    setSlots(slots.map((slot) => (slot.id === id ? { ...slot, ...times } : slot)));
    setNote(null);
  }

  /** Adds a row to type in, at a place that is free. */
  function addRow(slot: WeeklySlot): string {
    const added = newDraftSlot(slot);
    setSlots([...slots, added]);
    tell(`Added ${clock.slot(added)}.`);
    return added.id;
  }

  function remove(id: string) {
    const gone = slots.find((slot) => slot.id === id);
    if (gone === undefined) return;
    setSlots(slots.filter((slot) => slot.id !== id));
    tell(`Removed ${clock.slot(gone)}.`);
  }

  /** Another zone, and the hours as they are to be there. Nothing is saved yet. */
  function moveTo(zone: string, hours: readonly WeeklySlot[]) {
    setTimezone(zone);
    setSlots(draftOf(hours));
    tell("Zone changed. It takes effect when you save.");
  }

  function replace(week: DraftSlot[], said: string) {
    setSlots(week);
    tell(said);
  }

  return {
    saved,
    timezone,
    slots,
    problems,
    isDirty,
    note,
    focusTarget,
    tell,
    refuse,
    load,
    /** Takes over a version that is in the database, without touching what is being edited. */
    rebase: setSaved,
    discard: () => load(saved),
    place,
    retype,
    addRow,
    remove,
    moveTo,
    replace,
  };
}

export type WeekEditor = ReturnType<typeof useWeekEditor>;

/** The reason, as the end of a sentence or a line of its own. */
export function problemText(problem: Problem, clock: Clock): string {
  return problem.kind === "order"
    ? "the end must be after the start."
    : `it would overlap ${clock.range(problem.other)} on ${clock.day(problem.other.dayOfWeek)}.`;
}
