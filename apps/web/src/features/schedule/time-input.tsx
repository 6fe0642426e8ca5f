"use client";
import { minutesPerDay } from "@parley/api/rules/schedule/weekly";
import { clsx } from "clsx";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { inputClass } from "@/components/field";
import type { Clock } from "./clock";
import { clamp, nextStep } from "./week-draft";

export interface TimeInputProps {
  label: string;
  minute: number;
  /** What was typed last and is no time: it stands in the field until it is mended. */
  unreadable?: string;
  /** A minute, or what was typed where it is no time. */
  onCommit(typed: number | string): void;
  /** Told when something is typed that is not committed yet, and when that ends. */
  onTyping(isTyping: boolean): void;
  clock: Clock;
  /** For an end: the start, which it follows. */
  after?: number;
  isEnd?: boolean;
  isInvalid?: boolean;
  /** The id of what says what is wrong. */
  errorId?: string;
  autoFocus?: boolean;
}

/** A time of day to type, as people write it ("9", "9:30", "5pm", "24:00"), or to step through with the arrow keys. */
export function TimeInput({ label, minute, onCommit, clock, after, isEnd = false, ...props }: TimeInputProps) {
  const [typed, setTyped] = useState<string | null>(null);

  function type(text: string | null) {
    setTyped(text);
    props.onTyping(text !== null);
  }

  function commit() {
    if (typed === null) return;
    type(null);
    const read = clock.parse(typed, { isEnd, after });
    if (read === null) onCommit(typed.trim());
    else if (read !== minute || props.unreadable !== undefined) onCommit(read);
  }

  // A field may go while it is typed in, as when a press beside a dialog closes it: no blur tells of that.
  const leave = useRef(commit);
  useEffect(() => {
    leave.current = commit;
  });
  useEffect(() => () => leave.current(), []);

  function press(event: KeyboardEvent) {
    const isStep = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (event.key === "Enter") commit();
    else if (isStep) stepFrom(event.key === "ArrowUp" ? 1 : -1);
    else if (event.key === "Escape" && typed !== null) type(null);
    else return;
    // Enter must not save a week that is still being typed, nor Escape close what the field stands in.
    event.preventDefault();
    event.stopPropagation();
  }

  function stepFrom(direction: 1 | -1) {
    const from = (typed === null ? null : clock.parse(typed, { isEnd, after })) ?? minute;
    type(null);
    onCommit(clamp(nextStep(from, direction), isEnd ? 15 : 0, isEnd ? minutesPerDay : minutesPerDay - 15));
  }

  return (
    <input
      type="text"
      aria-label={label}
      aria-invalid={props.isInvalid || undefined}
      aria-describedby={props.isInvalid ? props.errorId : undefined}
      autoComplete="off"
      spellCheck={false}
      // biome-ignore lint/a11y/noAutofocus: only where the person has just asked for this field
      autoFocus={props.autoFocus}
      value={typed ?? props.unreadable ?? clock.time(minute)}
      onChange={(event) => type(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={press}
      className={clsx(inputClass, "h-10 max-w-28 min-w-0 flex-1 !px-1 text-center", props.isInvalid && "border-danger")}
    />
  );
}
