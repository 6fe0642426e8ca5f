"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  ComboBox as AriaComboBox,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import { inputClass } from "./field";
import { optionClass, popoverClass } from "./select";

export interface ComboBoxProps {
  label: string;
  name: string;
  value: string;
  onChange(value: string): void;
  options: readonly { id: string; label: string }[];
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
}

/** One of many, found by typing a part of it. */
export function ComboBox({ label, name, value, onChange, options, hint, error, className }: ComboBoxProps) {
  return (
    <AriaComboBox
      name={name}
      defaultItems={options}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      isInvalid={error !== undefined}
      menuTrigger="focus"
      className={clsx("flex flex-col gap-1.5", className)}
    >
      <Label className="text-sm font-medium">{label}</Label>
      <div className="relative flex items-center">
        <Input className={clsx(inputClass, "h-11 pr-11")} />
        <Button className="absolute right-1.5 flex size-8 items-center justify-center rounded-md text-muted">
          <ChevronDown aria-hidden="true" strokeWidth={1.5} className="size-4" />
        </Button>
      </div>
      {hint && error === undefined && (
        <Text slot="description" className="text-sm text-muted">
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-danger">{error}</FieldError>
      <Popover className={popoverClass}>
        <ListBox<{ id: string; label: string }>
          className="max-h-72 overflow-y-auto p-1.5 outline-none"
          renderEmptyState={() => <p className="p-3 text-sm text-muted">Nothing bears that name.</p>}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={optionClass}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
