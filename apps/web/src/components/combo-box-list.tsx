"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type ReactNode, type RefObject, use, useEffect, useRef } from "react";
import {
  ComboBox as AriaComboBox,
  Button,
  ComboBoxStateContext,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import { inputClass } from "./field";

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

export interface ComboBoxListProps extends ComboBoxProps {
  /** What was typed before it was there; null where nothing was. */
  typed: string | null;
  /** True where the field that it takes the place of has the focus. */
  isFocused: boolean;
}

/** A combo box in use: the field, and the list that opens under it. */
export function ComboBoxList({
  label,
  name,
  value,
  onChange,
  options,
  hint,
  error,
  className,
  ...begun
}: ComboBoxListProps) {
  const isOpen = useListThatScrollsAlong();
  const input = useRef<HTMLInputElement>(null);
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
      <GoOn {...begun} input={input} />
      <Label className="text-sm font-medium">{label}</Label>
      <div className="relative flex items-center">
        <Input ref={input} className={clsx(inputClass, "h-11 pr-11")} />
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
      <Popover className="w-(--trigger-width) min-w-48 rounded-lg border border-hairline bg-raised data-[entering]:animate-[rise_150ms_ease-out]">
        <ListBox<{ id: string; label: string }>
          className="max-h-72 overflow-y-auto p-1.5 outline-none"
          renderEmptyState={() => <p className="p-3 text-sm text-muted">Nothing bears that name.</p>}
        >
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className="flex cursor-pointer items-center justify-between gap-3 rounded-md px-3 py-2 text-sm outline-none data-[focused]:bg-sunken"
            >
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

/** Goes on with what was begun in the field before. */
function GoOn({
  typed,
  isFocused,
  input,
}: {
  typed: string | null;
  isFocused: boolean;
  input: RefObject<HTMLInputElement | null>;
}) {
  const state = use(ComboBoxStateContext);
  const hasGoneOn = useRef(false);
  useEffect(() => {
    if (!isFocused || hasGoneOn.current) return;
    hasGoneOn.current = true;
    input.current?.focus();
    if (typed === null) input.current?.select();
    else state?.setInputValue(typed);
  });
  return null;
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
