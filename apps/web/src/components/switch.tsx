"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Switch as AriaSwitch } from "react-aria-components";

export interface SwitchProps {
  /** What is on when the switch is on. */
  children: ReactNode;
  isOn: boolean;
  onChange(isOn: boolean): void;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  size?: "medium" | "large";
  className?: string;
}

const tracks = { medium: "h-6 w-11 p-0.5", large: "h-10 w-18 p-1" };
const knobs = {
  medium: "size-5 group-data-[selected]:translate-x-5",
  large: "size-8 group-data-[selected]:translate-x-8",
};

/** Something that is on or off, and takes effect at once. */
export function Switch({ children, isOn, onChange, size = "medium", className, ...props }: SwitchProps) {
  return (
    <AriaSwitch
      {...props}
      isSelected={isOn}
      onChange={onChange}
      className={clsx("group flex cursor-pointer items-center gap-4 data-[disabled]:opacity-60", className)}
    >
      <span
        className={clsx(
          "shrink-0 rounded-full bg-control transition-colors duration-150 ease-out group-data-[selected]:bg-live",
          "group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent",
          tracks[size],
        )}
      >
        <span className={clsx("block rounded-full bg-paper transition-transform duration-150 ease-out", knobs[size])} />
      </span>
      <span className="min-w-0">{children}</span>
    </AriaSwitch>
  );
}
