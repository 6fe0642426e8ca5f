"use client";
import { clsx } from "clsx";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Select as AriaSelect,
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from "react-aria-components";
import { inputClass } from "./field";

export interface SelectProps<Id extends string> {
  label: string;
  name: string;
  value: Id;
  onChange(value: Id): void;
  options: readonly { id: Id; label: string }[];
  hint?: ReactNode;
  error?: string | undefined;
  isDisabled?: boolean;
  className?: string;
}

/** One of a few. For one of many, where people would rather type, see `combo-box.tsx`. */
export function Select<Id extends string>({ label, options, hint, error, className, ...props }: SelectProps<Id>) {
  const { name, value, onChange, isDisabled } = props;
  return (
    <AriaSelect
      name={name}
      value={value}
      onChange={(key) => onChange(key as Id)}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      className={clsx("flex flex-col gap-1.5", className)}
    >
      <Label className="text-sm font-medium">{label}</Label>
      <Button className={clsx(inputClass, "flex h-11 items-center justify-between gap-3 text-left")}>
        <SelectValue className="min-w-0 truncate" />
        <ChevronDown aria-hidden="true" strokeWidth={1.5} className="size-4 shrink-0 text-muted" />
      </Button>
      {hint && error === undefined && (
        <Text slot="description" className="text-sm text-muted">
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-danger">{error}</FieldError>
      <Popover className={popoverClass}>
        <ListBox items={options} className="max-h-72 overflow-y-auto p-1.5 outline-none">
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={optionClass}>
              {({ isSelected }) => (
                <>
                  <span className="min-w-0 truncate">{option.label}</span>
                  {isSelected && <Check aria-hidden="true" strokeWidth={1.5} className="size-4 shrink-0 text-accent" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** The sheet a list opens on, and one line of the list. */
export const popoverClass =
  "w-(--trigger-width) min-w-48 rounded-lg border border-hairline bg-raised data-[entering]:animate-[rise_150ms_ease-out]";
export const optionClass =
  "flex cursor-pointer items-center justify-between gap-3 rounded-md px-3 py-2 text-sm outline-none data-[focused]:bg-sunken";
