"use client";
import { type ReactNode, useId } from "react";
import type { Clock } from "./clock";
import { TimeInput } from "./time-input";
import { problemText, type WeekEditor } from "./use-week-editor";
import type { DraftSlot, Edge } from "./week-draft";

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
  const edge = (name: Edge) => ({
    clock,
    unreadable: slot.unreadable?.[name],
    isInvalid: problem !== undefined,
    errorId,
    onCommit: (typed: number | string) => editor.retype(slot.id, name, typed),
    onTyping: editor.setIsTyping,
  });
  return (
    <div data-slot={slot.id} className="space-y-1">
      <div className="flex items-center gap-2">
        <TimeInput {...edge("start")} label={`${day}, from`} minute={slot.startMinute} autoFocus={isFocused} />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <TimeInput {...edge("end")} label={`${day}, to`} minute={slot.endMinute} after={slot.startMinute} isEnd />
        {children}
      </div>
      <p id={errorId} role="status" className={problem ? "text-sm text-danger" : "sr-only"}>
        {problem && `Not possible like this: ${problemText(problem, clock)}`}
      </p>
    </div>
  );
}
