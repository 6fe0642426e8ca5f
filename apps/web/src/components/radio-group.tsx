"use client";
import { RadioGroup as AriaRadioGroup, Label, Radio } from "react-aria-components";

export interface RadioGroupProps<Id extends string> {
  label: string;
  value: Id;
  onChange(value: Id): void;
  options: readonly { id: Id; label: string; about?: string }[];
}

/** One of a few, each with what it means. */
export function RadioGroup<Id extends string>({ label, value, onChange, options }: RadioGroupProps<Id>) {
  return (
    <AriaRadioGroup value={value} onChange={(id) => onChange(id as Id)} className="flex flex-col gap-2">
      <Label className="text-sm font-medium">{label}</Label>
      {options.map((option) => (
        <Radio
          key={option.id}
          value={option.id}
          className="group flex cursor-pointer gap-3 rounded-lg border border-hairline p-3 text-sm transition-colors duration-150 hover:border-control data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent data-[selected]:border-accent data-[selected]:bg-accent-soft/50"
        >
          <span className="mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full border border-control bg-raised group-data-[selected]:border-accent">
            <span className="size-2.5 rounded-full group-data-[selected]:bg-accent" />
          </span>
          <span className="min-w-0">
            <span className="font-medium">{option.label}</span>
            {option.about && <span className="block text-muted">{option.about}</span>}
          </span>
        </Radio>
      ))}
    </AriaRadioGroup>
  );
}
