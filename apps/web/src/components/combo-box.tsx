"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
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
  const isOpen = useListThatScrollsAlong();
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
      onOpenChange={(open) => {
        isOpen.current = open;
      }}
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

/**
 * The page may scroll while a list is open, as when a field that takes the focus is brought into sight or a keyboard
 * comes up. The library would close the list, and take back what was typed
 * (https://github.com/adobe/react-spectrum/issues/6760); but the list stands on the page, and scrolls with it.
 * @returns where to keep whether the list is open
 */
function useListThatScrollsAlong() {
  const isOpen = useRef(false);
  useEffect(() => {
    // Heard before the library's own listener, which comes when the list opens.
    const keep = (event: Event) => {
      if (isOpen.current && event.target === document) event.stopImmediatePropagation();
    };
    window.addEventListener("scroll", keep, { capture: true });
    return () => window.removeEventListener("scroll", keep, { capture: true });
  }, []);
  return isOpen;
}
