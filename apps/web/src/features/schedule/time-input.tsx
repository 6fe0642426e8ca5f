"use client";
import { minutesPerDay } from "@parley/api/rules/schedule/weekly";
import { clsx } from "clsx";
import { type KeyboardEvent, type Ref, useState } from "react";
import { inputClass } from "@/components/field";
import type { Clock } from "./clock";
import { clamp, nextStep } from "./week-draft";

export interface TimeInputProps {
  label: string;
  minute: number;
  onCommit(minute: number): void;
  clock: Clock;
  /** For an end: the start, which it follows. */
  after?: number;
  isEnd?: boolean;
  isInvalid?: boolean;
  /** The id of what says what is wrong. */
  errorId?: string;
  /** Told of text that is no time; what was there before then stands. */
  onUnreadable(text: string): void;
  autoFocus?: boolean;
  ref?: Ref<HTMLInputElement>;
  className?: string;
}

/** A time of day to type, as people write it ("9", "9:30", "5pm", "24:00"), or to step through with the arrow keys. */
export function TimeInput({ label, minute, onCommit, clock, after, isEnd = false, ...props }: TimeInputProps) {
  const [typed, setTyped] = useState<string | null>(null);

  function commit() {
    if (typed === null) return;
    setTyped(null);
    const read = clock.parse(typed, { isEnd, after });
    if (read === null) props.onUnreadable(typed);
    else if (read !== minute) onCommit(read);
  }

  function press(event: KeyboardEvent) {
    const isStep = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (event.key === "Enter") commit();
    else if (isStep) stepFrom(event.key === "ArrowUp" ? 1 : -1);
    else if (event.key === "Escape" && typed !== null) setTyped(null);
    else return;
    // Enter must not save a week that is still being typed, nor Escape close what the field stands in.
    event.preventDefault();
    event.stopPropagation();
  }

  function stepFrom(direction: 1 | -1) {
    const from = (typed === null ? null : clock.parse(typed, { isEnd, after })) ?? minute;
    setTyped(null);
    onCommit(clamp(nextStep(from, direction), isEnd ? 15 : 0, isEnd ? minutesPerDay : minutesPerDay - 15));
  }

  return (
    <input
      ref={props.ref}
      type="text"
      aria-label={label}
      aria-invalid={props.isInvalid || undefined}
      aria-describedby={props.isInvalid ? props.errorId : undefined}
      autoComplete="off"
      spellCheck={false}
      // biome-ignore lint/a11y/noAutofocus: only where the person has just asked for this field
      autoFocus={props.autoFocus}
      value={typed ?? clock.time(minute)}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={press}
      className={clsx(
        inputClass,
        "h-10 min-w-0 text-center text-sm whitespace-nowrap",
        props.isInvalid && "border-danger",
        props.className,
      )}
    />
  );
}
