"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import { inputClass } from "./field";

export interface NativeSelectProps<Id extends string> {
  label: string;
  name: string;
  value: Id;
  onChange(value: Id): void;
  options: readonly { id: Id; label: string }[];
  hint?: ReactNode;
  /** Keeps the label for those who listen, where the field's place says enough to the eye. */
  isLabelHidden?: boolean;
  className?: string;
}

/** One of a few, by the browser's own list, which needs nothing to be loaded. */
export function NativeSelect<Id extends string>({ label, options, hint, className, ...props }: NativeSelectProps<Id>) {
  const { name, value, onChange, isLabelHidden = false } = props;
  const id = useId();
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          name={name}
          value={value}
          onChange={({ target }) => onChange(target.value as Id)}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className={clsx(inputClass, "h-11 appearance-none pr-9")}
        >
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          strokeWidth={1.5}
          className="pointer-events-none absolute top-3.5 right-3 size-4 text-muted"
        />
      </div>
      {hint && (
        <span id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </span>
      )}
    </div>
  );
}
