"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { UnsavedGuard } from "@/components/unsaved-guard";

export interface StepBarProps {
  isPending: boolean;
  /** True while something typed is not saved: the page is then not left without a question. */
  isDirty: boolean;
  verb?: string;
  /** True where leaving a field may push the button from under the pointer: see `SaveBar`. */
  isFocusLeft?: boolean;
  /** Another way on, e.g. `Onward`. */
  children?: ReactNode;
}

/** The foot of a step: saves it and goes on. */
export function StepBar({ isPending, isDirty, verb = "Save and go on", isFocusLeft, children }: StepBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button type="submit" tone="primary" size="large" isPending={isPending} preventFocusOnPress={isFocusLeft}>
        {isPending ? "Saving…" : verb}
      </Button>
      {children}
      <UnsavedGuard isDirty={isDirty && !isPending} />
    </div>
  );
}
