"use client";
import { useId } from "react";
import { type Control, useController } from "react-hook-form";
import type { TypedRules } from "./rules-fields";

const options = [
  { isAsked: false, label: "Booked at once", about: "Whoever chooses an opening has it." },
  { isAsked: true, label: "You accept each one", about: "The time is kept for the visitor until you answer." },
];

/** Whether a booking waits for the host. */
export function ConsentChoice<Output>({ control }: { control: Control<TypedRules, unknown, Output> }) {
  const { field } = useController({ control, name: "requiresConsent" });
  const name = useId();
  return (
    <fieldset>
      <legend className="text-sm font-medium">When somebody books</legend>
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        {options.map(({ isAsked, label, about }) => (
          <label
            key={label}
            className="cursor-pointer rounded-lg border border-control/60 bg-raised p-3 text-sm transition-colors duration-150 ease-out hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              checked={field.value === isAsked}
              onChange={() => field.onChange(isAsked)}
              className="sr-only"
            />
            <span className="block font-medium">{label}</span>
            <span className="block text-muted">{about}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
