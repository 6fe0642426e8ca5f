"use client";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type ComponentType, useId, useRef, useState } from "react";
import { toast } from "sonner";
import type { ComboBoxListProps, ComboBoxProps } from "./combo-box-list";
import { inputClass } from "./field";

let List: ComponentType<ComboBoxListProps> | undefined;

/**
 * One of many, found by typing a part of it. Until it has the focus it is a field that shows what was chosen: the list,
 * and what moves in it, are far larger than most pages that have one, and few visits change anything.
 */
export function ComboBox(props: ComboBoxProps) {
  const { label, value, options, hint, error, className } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [begun, setBegun] = useState<{ isFocused: boolean } | null>(null);

  const begin = async () => {
    try {
      List ??= (await import("./combo-box-list")).ComboBoxList;
      setBegun({ isFocused: document.activeElement === input.current });
    } catch {
      toast.error("The list could not be loaded.", {
        description: "You seem to be offline. Try again when you are back.",
      });
    }
  };

  if (begun !== null && List !== undefined) return <List {...props} {...begun} typed={typed} />;
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative flex items-center">
        <input
          ref={input}
          id={id}
          type="text"
          role="combobox"
          aria-expanded="false"
          aria-autocomplete="list"
          aria-invalid={error !== undefined || undefined}
          aria-describedby={hint || error ? `${id}-note` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? options.find((option) => option.id === value)?.label ?? ""}
          onFocus={() => void begin()}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => setTyped(null)}
          className={clsx(inputClass, "h-11 pr-11")}
        />
        <ChevronDown
          aria-hidden="true"
          strokeWidth={1.5}
          className="pointer-events-none absolute right-3.5 size-4 text-muted"
        />
      </div>
      {(hint || error) && (
        <span id={`${id}-note`} className={error === undefined ? "text-sm text-muted" : "text-sm text-danger"}>
          {error ?? hint}
        </span>
      )}
    </div>
  );
}
