"use client";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox } from "react-aria-components";

/** One of several things that may be ticked; stands in a `CheckboxGroup`. */
export function Checkbox({
  value,
  children,
  isDisabled,
}: {
  value: string;
  children: ReactNode;
  isDisabled?: boolean;
}) {
  return (
    <AriaCheckbox
      value={value}
      isDisabled={isDisabled}
      className="group flex min-h-8 cursor-pointer items-center gap-3 text-sm data-[disabled]:opacity-55"
    >
      <span
        className={clsx(
          "flex size-5 shrink-0 items-center justify-center rounded-sm border border-control bg-raised text-on-accent transition-colors duration-150",
          "group-data-[selected]:border-accent group-data-[selected]:bg-accent",
          "group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent",
        )}
      >
        <Check aria-hidden="true" strokeWidth={2.5} className="size-3.5 opacity-0 group-data-[selected]:opacity-100" />
      </span>
      {children}
    </AriaCheckbox>
  );
}
