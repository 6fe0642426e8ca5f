"use client";
import { useState } from "react";
import { CheckboxGroup, Dialog, Label, Popover } from "react-aria-components";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import type { Clock } from "./clock";

export interface CopyDayPopoverProps {
  dayOfWeek: number;
  clock: Clock;
  /** The button it opens beside. */
  trigger: Element | null;
  onCopy(days: number[]): void;
  onClose(): void;
}

const workdays = [1, 2, 3, 4, 5];

/** Which days are to have the hours of this one. */
export function CopyDayPopover({ dayOfWeek, clock, trigger, onCopy, onClose }: CopyDayPopoverProps) {
  const day = clock.day(dayOfWeek);
  const others = clock.days.filter((other) => other !== dayOfWeek);
  const [targets, setTargets] = useState<readonly string[]>(() =>
    others.filter((other) => workdays.includes(other)).map(String),
  );
  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      triggerRef={{ current: trigger }}
      placement="bottom end"
      className="rounded-lg border border-hairline bg-raised data-[entering]:animate-[rise_150ms_ease-out]"
    >
      <Dialog aria-label={`Copy ${day}`} className="w-64 space-y-4 p-4 outline-none">
        <CheckboxGroup value={[...targets]} onChange={setTargets} className="flex flex-col gap-1">
          <Label className="text-sm font-medium">Copy {day} to</Label>
          <p className="pb-1 text-sm text-muted">It takes the place of what they have.</p>
          {others.map((other) => (
            <Checkbox key={other} value={String(other)}>
              {clock.day(other)}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <div className="flex justify-between gap-3">
          <Button size="small" tone="quiet" onPress={() => setTargets(others.map(String))}>
            All days
          </Button>
          <Button
            size="small"
            tone="primary"
            isDisabled={targets.length === 0}
            onPress={() => {
              onCopy(targets.map(Number));
              onClose();
            }}
          >
            Copy
          </Button>
        </div>
      </Dialog>
    </Popover>
  );
}
