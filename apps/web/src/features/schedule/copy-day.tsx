"use client";
import { Copy } from "lucide-react";
import { useState } from "react";
import { CheckboxGroup, Dialog, DialogTrigger, Label, Popover } from "react-aria-components";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import { TriggerButton } from "@/components/trigger-button";
import type { Clock } from "./clock";

export interface CopyDayProps {
  dayOfWeek: number;
  clock: Clock;
  onCopy(days: number[]): void;
}

const workdays = [1, 2, 3, 4, 5];

/** Puts one day's hours on others too. */
export function CopyDay({ dayOfWeek, clock, onCopy }: CopyDayProps) {
  const [targets, setTargets] = useState<readonly string[]>([]);
  const day = clock.day(dayOfWeek);
  const others = clock.days.filter((other) => other !== dayOfWeek);
  return (
    <DialogTrigger
      onOpenChange={(isOpen) => {
        if (isOpen) setTargets(others.filter((other) => workdays.includes(other)).map(String));
      }}
    >
      <TriggerButton size="small" tone="quiet" aria-label={`Copy ${day} to other days`} preventFocusOnPress>
        <Copy aria-hidden="true" strokeWidth={1.5} className="size-4" />
        Copy
      </TriggerButton>
      <Popover
        placement="bottom end"
        className="rounded-lg border border-hairline bg-raised data-[entering]:animate-[rise_150ms_ease-out]"
      >
        <Dialog aria-label={`Copy ${day}`} className="w-64 space-y-4 p-4 outline-none">
          {({ close }) => (
            <>
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
                    close();
                  }}
                >
                  Copy
                </Button>
              </div>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
