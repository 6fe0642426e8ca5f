"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { useState } from "react";
import { Button } from "@/components/button";
import { ComboBox } from "@/components/combo-box";
import { Dialog, DialogActions } from "@/components/dialog";
import { RadioGroup } from "@/components/radio-group";
import { zoneLabel, zoneOptions, zonePlace } from "@/components/zones";
import type { Clock } from "./clock";
import { weekInZone } from "./zone-shift";

export interface ZoneChangeProps {
  timezone: string;
  slots: readonly WeeklySlot[];
  clock: Clock;
  now: number;
  onChange(timezone: string, slots: readonly WeeklySlot[]): void;
}

/** What a move leaves as it is: what the clock shows, or when it is. */
type Kept = "times" | "moments";

/** Moves a schedule to another zone: an act of its own that says what becomes of the hours. */
export function ZoneChange({ timezone, slots, clock, now, onChange }: ZoneChangeProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [zone, setZone] = useState(timezone);
  const [keep, setKeep] = useState<Kept>("times");
  const [example] = slots;
  const moved = isOpen && zone !== timezone ? weekInZone(slots, timezone, zone, now) : slots;
  const movedExample = example && (weekInZone([example], timezone, zone, now)[0] ?? example);

  return (
    <>
      <Button
        size="small"
        onPress={() => {
          setZone(timezone);
          setKeep("times");
          setIsOpen(true);
        }}
      >
        Change zone
      </Button>
      <Dialog title="Move your hours to another zone" isOpen={isOpen} onOpenChange={setIsOpen} width="wide">
        <p className="text-sm text-muted">
          Your hours are kept as the clocks in one place show them, and follow those clocks through summer and winter.
          They are in {zoneLabel(timezone)} now.
        </p>
        <ComboBox
          label="New zone"
          name="timezone"
          value={zone}
          onChange={setZone}
          options={zoneOptions()}
          hint="Type a city, such as Lisbon or Tokyo."
        />
        {slots.length > 0 && (
          <RadioGroup<Kept>
            label="What stays the same"
            value={keep}
            onChange={setKeep}
            options={[
              {
                id: "times",
                label: "The times, because you move there",
                about:
                  example && `${clock.slot(example)} stays so, now in ${zonePlace(zone)}. Visitors see other hours.`,
              },
              {
                id: "moments",
                label: "The moments, because you just count in that zone",
                about:
                  example &&
                  movedExample &&
                  `${clock.slot(example)} becomes ${clock.slot(movedExample)}. Visitors see the same hours this week.`,
              },
            ]}
          />
        )}
        <DialogActions>
          <Button onPress={() => setIsOpen(false)}>Cancel</Button>
          <Button
            tone="primary"
            isDisabled={zone === timezone}
            onPress={() => {
              onChange(zone, keep === "times" ? slots : moved);
              setIsOpen(false);
            }}
          >
            Change zone
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
