"use client";
import { useId } from "react";

export interface RadioGroupProps<Id extends string> {
  label: string;
  value: Id;
  onChange(value: Id): void;
  options: readonly { id: Id; label: string; about?: string }[];
}

/** One of a few, each with what it means: the browser's own, under a look of ours. */
export function RadioGroup<Id extends string>({ label, value, onChange, options }: RadioGroupProps<Id>) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-sm font-medium">{label}</legend>
      {options.map((option) => (
        <label
          key={option.id}
          className="flex cursor-pointer gap-3 rounded-lg border border-hairline p-3 text-sm transition-colors duration-150 hover:border-control has-checked:border-accent has-checked:bg-accent-soft/50 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={option.id === value}
            onChange={() => onChange(option.id)}
            className="peer sr-only"
          />
          <span className="mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full border border-control bg-raised peer-checked:border-accent peer-checked:[&>span]:bg-accent">
            <span className="size-2.5 rounded-full" />
          </span>
          <span className="min-w-0">
            <span className="font-medium">{option.label}</span>
            {option.about && <span className="block text-muted">{option.about}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
