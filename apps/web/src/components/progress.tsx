"use client";
import { Label, ProgressBar } from "react-aria-components";

/** How much of something is done, 0 to 1. */
export function Progress({ label, value }: { label: string; value: number }) {
  return (
    <ProgressBar value={value} minValue={0} maxValue={1} className="flex flex-col gap-1.5">
      {({ percentage = 0, valueText }) => (
        <>
          <div className="flex justify-between gap-4 text-sm">
            <Label className="text-muted">{label}</Label>
            <span className="font-medium">{valueText}</span>
          </div>
          <div className="h-1.5 overflow-hidden rounded-full bg-hairline">
            <div
              className="h-full origin-left rounded-full bg-accent transition-transform duration-200 ease-out"
              style={{ transform: `scaleX(${percentage / 100})` }}
            />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
