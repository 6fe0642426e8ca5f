"use client";
import { type ReactNode, useId, useState } from "react";
import type { Clock } from "./clock";
import { TimeInput } from "./time-input";
import { problemText, type WeekEditor } from "./use-week-editor";
import type { DraftSlot } from "./week-draft";

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
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const problem = editor.problems.get(slot.id);
  const day = clock.day(slot.dayOfWeek);
  const message =
    problem !== undefined
      ? `Not possible like this: ${problemText(problem, clock)}`
      : unreadable === null
        ? null
        : `“${unreadable}” is not a time. Write it like ${clock.time(570)}.`;

  const retype = (times: Parameters<WeekEditor["retype"]>[1]) => {
    setUnreadable(null);
    editor.retype(slot.id, times);
  };
  const shared = { clock, errorId, isInvalid: problem !== undefined, onUnreadable: setUnreadable };
  return (
    <div data-slot={slot.id} className="space-y-1">
      <div className="flex items-center gap-2">
        <TimeInput
          {...shared}
          label={`${day}, from`}
          minute={slot.startMinute}
          onCommit={(startMinute) => retype({ startMinute })}
          autoFocus={isFocused}
          className="w-24"
        />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <TimeInput
          {...shared}
          label={`${day}, to`}
          minute={slot.endMinute}
          onCommit={(endMinute) => retype({ endMinute })}
          after={slot.startMinute}
          isEnd
          className="w-24"
        />
        {children}
      </div>
      <p id={errorId} role="status" className={message === null ? "sr-only" : "text-sm text-danger"}>
        {message}
      </p>
    </div>
  );
}
