"use client";
import { bookingRulesBounds } from "@parley/api/rules/schedule/booking-rules";
import { clsx } from "clsx";
import { type KeyboardEvent, useId, useState } from "react";
import { type Control, useController } from "react-hook-form";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { durationWords } from "@/features/booking/time-words";
import type { TypedRules } from "./rules-fields";

const usual = [15, 30, 45, 60, 90];
const { durations: count, durationMinutes: bounds } = bookingRulesBounds;

/** The lengths that visitors may choose from: the usual ones to press, and any other to type. */
export function DurationChips<Output>({ control }: { control: Control<TypedRules, unknown, Output> }) {
  const { field, fieldState } = useController({ control, name: "durationsMinutes" });
  const [isFull, setIsFull] = useState(false);
  // A length of one's own stays to be pressed again once it is let go.
  const [own, setOwn] = useState(() => field.value.filter((minutes) => !usual.includes(minutes)));
  const problemId = useId();
  const offered = [...new Set([...usual, ...own, ...field.value])].toSorted((a, b) => a - b);
  const problem = isFull
    ? `There is room for ${count.max} lengths.`
    : fieldState.error && "Choose at least one length.";

  function choose(minutes: number, isChosen: boolean) {
    const others = field.value.filter((value) => value !== minutes);
    const isTooMuch = isChosen && others.length >= count.max;
    setIsFull(isTooMuch);
    if (!isTooMuch) field.onChange(isChosen ? [...others, minutes].toSorted((a, b) => a - b) : others);
  }

  return (
    <fieldset aria-describedby={problemId}>
      <legend className="text-sm font-medium">Lengths on offer</legend>
      <div className="mt-2 flex flex-wrap gap-2">
        {offered.map((minutes) => (
          <label
            key={minutes}
            className="inline-flex min-h-10 cursor-pointer items-center rounded-full border border-control/60 bg-raised px-4 text-sm transition-colors duration-150 ease-out hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              name={field.name}
              value={minutes}
              checked={field.value.includes(minutes)}
              onChange={({ target }) => choose(minutes, target.checked)}
              className="sr-only"
            />
            {durationWords(minutes)}
          </label>
        ))}
      </div>
      <p id={problemId} role="status" className={clsx("text-sm text-danger", problem && "mt-2")}>
        {problem}
      </p>
      <OwnLength
        onAdd={(minutes) => {
          setOwn([...own, minutes]);
          choose(minutes, true);
        }}
      />
    </fieldset>
  );
}

function OwnLength({ onAdd }: { onAdd(minutes: number): void }) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();

  function add() {
    const minutes = /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN;
    const isPossible = minutes >= bounds.min && minutes <= bounds.max;
    setError(isPossible ? undefined : `A whole number of minutes, from ${bounds.min} to ${bounds.max}.`);
    if (!isPossible) return;
    onAdd(minutes);
    setText("");
  }

  return (
    <div className="mt-3 flex items-start gap-2">
      <Field
        label="Another length"
        name="ownLength"
        value={text}
        onChange={setText}
        error={error}
        inputMode="numeric"
        suffix="minutes"
        maxLength={3}
        className="max-w-56"
        // Enter adds the length; it must not send the form.
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add();
        }}
      />
      <Button className="mt-7 h-11" isDisabled={text.trim() === ""} onPress={add}>
        Add
      </Button>
    </div>
  );
}
