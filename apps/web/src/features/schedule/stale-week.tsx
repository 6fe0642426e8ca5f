"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import type { LocalWeek } from "@parley/api/schema/schedule/weekly";
import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { zoneLabel } from "@/components/zones";
import type { Clock } from "./clock";
import { isSameWeek } from "./week-draft";

export interface StaleWeekProps {
  theirs: LocalWeek;
  mine: { timezone: string; slots: readonly WeeklySlot[] };
  clock: Clock;
  isPending: boolean;
  onTakeTheirs(): void;
  onSaveMine(): void;
}

/** Says that a save was refused because the hours have changed, shows how they differ, and offers both ways on. */
export function StaleWeek({ theirs, mine, clock, isPending, onTakeTheirs, onSaveMine }: StaleWeekProps) {
  const box = useRef<HTMLElement>(null);
  // The refusal answers a press at the foot of the page: it must not go unseen up here.
  useEffect(() => box.current?.focus(), []);

  const ofDay = (slots: readonly WeeklySlot[], day: number) => slots.filter(({ dayOfWeek }) => dayOfWeek === day);
  const differing = clock.days.filter((day) => !isSameWeek(ofDay(theirs.slots, day), ofDay(mine.slots, day)));
  const rows = [
    ...(theirs.timezone === mine.timezone
      ? []
      : [{ name: "Zone", theirs: zoneLabel(theirs.timezone), mine: zoneLabel(mine.timezone) }]),
    ...differing.map((day) => ({
      name: clock.day(day),
      theirs: hoursText(ofDay(theirs.slots, day), clock),
      mine: hoursText(ofDay(mine.slots, day), clock),
    })),
  ];

  return (
    <section ref={box} tabIndex={-1} aria-label="Your hours have changed elsewhere" className="rounded-lg outline-none">
      <Callout tone="warn" title="Not saved: your hours were changed in another tab or on another device.">
        <p className="text-muted">Nothing is lost. Both versions are here; choose which one stands.</p>
        {rows.length > 0 && (
          <table className="my-3 w-full text-left">
            <thead className="text-muted">
              <tr>
                <th className="sr-only">Day</th>
                <th className="py-1 pr-4 font-normal">Saved elsewhere</th>
                <th className="py-1 font-normal">Yours, here</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name} className="border-t border-warn/25 align-top">
                  <th className="py-1.5 pr-4 font-medium">{row.name}</th>
                  <td className="py-1.5 pr-4">{row.theirs}</td>
                  <td className="py-1.5">{row.mine}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div className="flex flex-wrap gap-3 pt-1">
          <Button size="small" onPress={onTakeTheirs} isDisabled={isPending}>
            Show the saved hours
          </Button>
          <Button size="small" onPress={onSaveMine} isPending={isPending}>
            Save mine over them
          </Button>
        </div>
      </Callout>
    </section>
  );
}

function hoursText(slots: readonly WeeklySlot[], clock: Clock): string {
  return slots.length === 0 ? "Closed" : slots.map((slot) => clock.range(slot)).join(", ");
}
