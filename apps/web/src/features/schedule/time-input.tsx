"use client";
import { clsx } from "clsx";
import type { KeyboardEvent } from "react";
import { inputClass } from "@/components/field";

export interface TimeInputProps {
  label: string;
  text: string;
  /** True where the text is being typed, and has not been read yet. */
  isTyping: boolean;
  /** What is in the field now; null to have what was there before. */
  onType(text: string | null): void;
  /** Asks for what was typed to be read. */
  onCommit(): void;
  /** Asks for the next time on the raster: 1 is later, -1 is earlier. */
  onStep(direction: 1 | -1): void;
  isInvalid: boolean;
  /** The id of what says what is wrong. */
  errorId: string;
  autoFocus?: boolean;
}

/** A time of day to type, as people write it ("9", "9:30", "5pm", "24:00"), or to step through with the arrow keys. */
export function TimeInput({ label, text, isTyping, onType, onCommit, onStep, ...props }: TimeInputProps) {
  function press(event: KeyboardEvent) {
    const isStep = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (event.key === "Enter") onCommit();
    else if (isStep) onStep(event.key === "ArrowUp" ? 1 : -1);
    else if (event.key === "Escape" && isTyping) onType(null);
    else return;
    // Enter must not save a week that is still being typed, nor Escape close what the field stands in.
    event.preventDefault();
    event.stopPropagation();
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
      value={text}
      onChange={(event) => onType(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={onCommit}
      onKeyDown={press}
      className={clsx(inputClass, "h-10 max-w-28 min-w-0 flex-1 !px-1 text-center", props.isInvalid && "border-danger")}
    />
  );
}
