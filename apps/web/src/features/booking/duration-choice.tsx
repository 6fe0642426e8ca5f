"use client";
import { useId } from "react";
import { formatCents } from "@/components/money";
import { durationWords } from "./time-words";

export interface DurationChoiceProps {
  durations: readonly { minutes: number; priceCents: number }[];
  value: number;
  onChange(minutes: number): void;
}

/** How long to talk, each length with what it costs. */
export function DurationChoice({ durations, value, onChange }: DurationChoiceProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="text-sm font-medium">How long?</legend>
      <div className="mt-2 grid grid-cols-2 gap-2 lg:grid-cols-1">
        {durations.map(({ minutes, priceCents }) => (
          <label
            key={minutes}
            className="flex min-h-11 cursor-pointer flex-wrap items-center justify-between gap-x-3 rounded-lg border border-control/60 bg-raised px-3 py-2 text-sm transition-colors duration-150 ease-out hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={minutes}
              checked={minutes === value}
              onChange={() => onChange(minutes)}
              className="sr-only"
            />
            <span className="font-medium">{minutes < 60 ? `${minutes} min` : durationWords(minutes)}</span>
            <span className="text-muted">{formatCents(priceCents)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
