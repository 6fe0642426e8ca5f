"use client";
import { type ReactNode, useId } from "react";
import type { Clock } from "./clock";
import { TimeInput } from "./time-input";
import { problemText, type WeekEditor } from "./use-week-editor";
import { type DraftSlot, type Edge, minuteOf } from "./week-draft";

export interface SlotFieldsProps {
  slot: DraftSlot;
  clock: Clock;
  editor: WeekEditor;
  /** True to begin in the first field. */
  isFocused?: boolean;
  /** What else can be done with these hours. */
  children?: ReactNode;
}

/** From and to, with what is wrong about them underneath. */
export function SlotFields({ slot, clock, editor, isFocused, children }: SlotFieldsProps) {
  const errorId = useId();
  const problem = editor.problems.get(slot.id);
  const day = clock.day(slot.dayOfWeek);
  const edge = (name: Edge) => {
    const typed = editor.typing?.id === slot.id && editor.typing.edge === name ? editor.typing.text : null;
    return {
      text: typed ?? slot.unreadable?.[name] ?? clock.time(minuteOf(slot, name)),
      isTyping: typed !== null,
      // Text that is no time is the fault of its own field; the order and the neighbours are that of both.
      isInvalid: problem !== undefined && (problem.kind !== "unreadable" || slot.unreadable?.[name] !== undefined),
      errorId,
      onType: (text: string | null) => editor.type(text === null ? null : { id: slot.id, edge: name, text }),
      onCommit: editor.commit,
      onStep: (direction: 1 | -1) => editor.stepEdge(slot.id, name, direction),
    };
  };
  return (
    <div data-slot={slot.id} className="space-y-1">
      <div className="flex items-center gap-2">
        <TimeInput {...edge("start")} label={`${day}, from`} autoFocus={isFocused} />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <TimeInput {...edge("end")} label={`${day}, to`} />
        {children}
      </div>
      <p id={errorId} role="status" className={problem ? "text-sm text-danger" : "sr-only"}>
        {problem && `Not possible like this: ${problemText(problem, clock)}`}
      </p>
    </div>
  );
}

/** Puts the focus where the hours of that id can be mended. */
export function focusProblem(id: string): void {
  const fields = document.querySelector(`[data-slot="${id}"]`);
  fields?.querySelector<HTMLInputElement>("input[aria-invalid]")?.focus();
}
