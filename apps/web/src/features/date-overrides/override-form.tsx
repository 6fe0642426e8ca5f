"use client";
import type { DaySlot } from "@parley/api/rules/schedule/overrides";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/button";
import type { Clock } from "@/features/schedule/clock";
import { focusProblem } from "@/features/schedule/slot-fields";
import { problemText, useWeekEditor } from "@/features/schedule/use-week-editor";
import { problemsOf } from "@/features/schedule/week-draft";
import { DateHours } from "./date-hours";

export interface OverrideFormProps {
  dayOfWeek: number;
  /** What the dates have for their own; null where they have their weekly hours. */
  present: readonly DaySlot[] | null;
  /** What to begin with where other hours are chosen. */
  usual: readonly DaySlot[];
  clock: Clock;
  isPending: boolean;
  onSave(slots: DaySlot[]): void;
  /** What else can be done with the dates. */
  children: ReactNode;
}

/** Closed, or other hours: what the chosen dates are to have instead of their weekday's. */
export function OverrideForm(props: OverrideFormProps) {
  const { dayOfWeek, present, usual, clock, isPending, onSave, children } = props;
  const name = useId();
  const [isClosed, setIsClosed] = useState(present === null || present.length === 0);
  const begin = present !== null && present.length > 0 ? present : usual;
  const editor = useWeekEditor(
    { timezone: "UTC", version: 0, slots: begin.map((slot) => ({ dayOfWeek, ...slot })) },
    clock,
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isClosed) {
      onSave([]);
      return;
    }
    const faulty = flushSync(() => {
      const week = editor.commit();
      const [[id, problem] = [null, null]] = problemsOf(week);
      if (problem !== null) editor.refuse(`Not saved yet: ${problemText(problem, clock)}`);
      else if (week.length === 0) editor.refuse("Add hours, or choose to be closed.");
      else onSave(week.map(({ startMinute, endMinute }) => ({ startMinute, endMinute })));
      return id;
    });
    if (faulty !== null) focusProblem(faulty);
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <fieldset className="grid grid-cols-2 gap-2">
        <legend className="sr-only">On these dates</legend>
        <Choice name={name} isChosen={isClosed} onChoose={() => setIsClosed(true)}>
          Closed
        </Choice>
        <Choice name={name} isChosen={!isClosed} onChoose={() => setIsClosed(false)}>
          Other hours
        </Choice>
      </fieldset>
      {!isClosed && <DateHours dayOfWeek={dayOfWeek} editor={editor} clock={clock} />}
      {/* Leaving a field may push them from under the pointer that is pressing: the focus stays where it is. */}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" isPending={isPending} preventFocusOnPress>
          {isPending ? "Saving…" : "Save"}
        </Button>
        {children}
      </div>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  isChosen: boolean;
  onChoose(): void;
  children: string;
}

function Choice({ name, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center justify-center rounded-lg border border-control/60 bg-raised px-3 text-sm transition-colors duration-150 ease-out hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} className="sr-only" />
      {children}
    </label>
  );
}
