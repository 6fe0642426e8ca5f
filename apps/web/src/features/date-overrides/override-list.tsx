"use client";
import { useRef } from "react";
import { Button } from "@/components/button";
import type { Clock } from "@/features/schedule/clock";
import { daysIn, hoursWords, type OverrideGroup, rangeWords } from "./override-groups";

export interface OverrideListProps {
  groups: readonly OverrideGroup[];
  clock: Clock;
  isPending: boolean;
  onEdit(group: OverrideGroup): void;
  onRemove(group: OverrideGroup): Promise<boolean>;
}

/** The dates ahead that differ from their week, a holiday in one line. */
export function OverrideList({ groups, clock, isPending, onEdit, onRemove }: OverrideListProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <div className="space-y-3">
      <h3 ref={heading} id="coming-up" tabIndex={-1} className="text-base font-medium outline-none">
        Coming up
      </h3>
      {groups.length === 0 ? (
        <p className="text-sm text-muted">No date differs from its week yet. Choose one on the calendar.</p>
      ) : (
        <ul aria-labelledby="coming-up" className="divide-y divide-hairline border-y border-hairline">
          {groups.map((group) => {
            const words = rangeWords(group, clock.locale, "short");
            return (
              <li key={group.from} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-sm">
                <div className="min-w-40 flex-1">
                  <p className="font-medium">{words}</p>
                  <p className="text-muted">
                    {hoursWords(group.slots, clock)}
                    {daysIn(group) > 1 && `, ${daysIn(group)} days`}
                  </p>
                </div>
                <div className="flex gap-1">
                  <Button size="small" tone="quiet" aria-label={`Edit ${words}`} onPress={() => onEdit(group)}>
                    Edit
                  </Button>
                  <Button
                    size="small"
                    tone="quiet"
                    isDisabled={isPending}
                    aria-label={`Remove ${words}`}
                    onPress={() => {
                      void onRemove(group).then((isRemoved) => isRemoved && heading.current?.focus());
                    }}
                  >
                    Remove
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
