"use client";
import { maxWeeklySlots, minutesPerDay, type WeeklySlot } from "@parley/api/rules/schedule/weekly";
import type { LocalWeek } from "@parley/api/schema/schedule/weekly";
import { useMemo, useRef, useState } from "react";
import type { Clock } from "./clock";
import {
  clamp,
  type DraftSlot,
  draftOf,
  type Edge,
  isSameWeek,
  minuteOf,
  newDraftSlot,
  nextStep,
  type Problem,
  problemsOf,
  problemWith,
  readTyped,
  sortDraft,
  step,
  type Typing,
  withEdge,
  withTyped,
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
  // Text in a field counts as a change before it is read: the way to save must be open while one types.
  const [typing, setTyping] = useState<Typing | null>(null);
  // What is to have the focus once the change has been drawn.
  const focusTarget = useRef<string | null>(null);

  const problems = useMemo(() => problemsOf(slots), [slots]);
  const hasUnreadable = [...problems.values()].some(({ kind }) => kind === "unreadable");
  const isDirty = typing !== null || hasUnreadable || timezone !== saved.timezone || !isSameWeek(slots, saved.slots);

  const tell = (text: string) => setNote({ text, isRefusal: false });
  const refuse = (text: string) => setNote({ text, isRefusal: true });

  function load(week: LocalWeek) {
    setSaved(week);
    setTimezone(week.timezone);
    setSlots(draftOf(week.slots));
    setTyping(null);
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
    const placed = { ...newDraftSlot(slot), ...(id !== null && { id }) };
    setSlots(sortDraft([...slots.filter((other) => other.id !== id), placed]));
    focusTarget.current = placed.id;
    tell(`${id === null ? "Added" : "Now"} ${clock.slot(placed)}.`);
    return true;
  }

  /** Reads what is being typed. @returns the week with it, as every act that follows upon it must see it */
  function commit(): DraftSlot[] {
    if (typing === null) return slots;
    const week = withTyped(slots, typing, clock);
    setTyping(null);
    setSlots(week);
    setNote(null);
    return week;
  }

  /** Puts an edge on the next minute of the raster, from what is typed in its field where that is a time. */
  function stepEdge(id: string, edge: Edge, direction: 1 | -1) {
    const slot = slots.find((candidate) => candidate.id === id);
    if (slot === undefined) return;
    const from = (typing === null ? null : readTyped(slot, typing, clock)) ?? minuteOf(slot, edge);
    const [min, max] = edge === "start" ? [0, minutesPerDay - step] : [step, minutesPerDay];
    const stepped = withEdge(slot, edge, clamp(nextStep(from, direction), min, max));
    setTyping(null);
    setSlots(slots.map((other) => (other.id === id ? stepped : other)));
    setNote(null);
  }

  /** Adds a row to type in, at a place that is free. */
  function addRow(slot: WeeklySlot): string {
    const added = newDraftSlot(slot);
    setSlots([...commit(), added]);
    tell(`Added ${clock.slot(added)}.`);
    return added.id;
  }

  function remove(id: string) {
    const gone = slots.find((slot) => slot.id === id);
    if (gone === undefined) return;
    setSlots(commit().filter((slot) => slot.id !== id));
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
    typing,
    isDirty,
    note,
    focusTarget,
    tell,
    refuse,
    load,
    discard: () => load(saved),
    type: setTyping,
    commit,
    stepEdge,
    place,
    addRow,
    remove,
    moveTo,
    replace,
  };
}

export type WeekEditor = ReturnType<typeof useWeekEditor>;

/** The reason, as the end of a sentence. */
export function problemText(problem: Problem, clock: Clock): string {
  switch (problem.kind) {
    case "unreadable":
      return `“${problem.text}” is not a time; write it like ${clock.time(570)}.`;
    case "order":
      return "the end must be after the start.";
    case "overlap":
      return `it would overlap ${clock.range(problem.other)} on ${clock.day(problem.other.dayOfWeek)}.`;
  }
}
