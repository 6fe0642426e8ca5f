"use client";
import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { onDemand } from "@/components/on-demand";
import type { Clock } from "./clock";
import type { CopyDayPopoverProps } from "./copy-day-popover";

export interface CopyDayProps {
  dayOfWeek: number;
  clock: Clock;
  onCopy(days: number[]): void;
}

const CopyDayPopover = onDemand(
  () => import("./copy-day-popover").then((module) => module.CopyDayPopover),
  ({ onClose }: CopyDayPopoverProps) => onClose(),
);

/** Puts one day's hours on others too. */
export function CopyDay({ dayOfWeek, clock, onCopy }: CopyDayProps) {
  // The button that was pressed, while what it opens is open.
  const [trigger, setTrigger] = useState<Element | null>(null);
  return (
    <>
      <Button
        size="small"
        tone="quiet"
        aria-haspopup="dialog"
        aria-expanded={trigger !== null}
        aria-label={`Copy ${clock.day(dayOfWeek)} to other days`}
        onPress={(button) => setTrigger(button)}
      >
        <Copy aria-hidden="true" strokeWidth={1.5} className="size-4" />
        Copy
      </Button>
      {trigger !== null && (
        <CopyDayPopover
          dayOfWeek={dayOfWeek}
          clock={clock}
          trigger={trigger}
          onCopy={onCopy}
          onClose={() => setTrigger(null)}
        />
      )}
    </>
  );
}
