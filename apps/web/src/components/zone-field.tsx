"use client";
import { useEffect, useRef } from "react";
import { ComboBox } from "./combo-box";
import { chooseDisplay, readDisplayChoice } from "./use-display";
import { zoneLabel, zoneOptions } from "./zones";

export interface ZoneFieldProps {
  timeZone: string;
  onDone(): void;
}

/** Chooses the zone in which this browser shows times, here and everywhere. Only zones that it can reckon with. */
export function ZoneField({ timeZone, onDone }: ZoneFieldProps) {
  const frame = useRef<HTMLDivElement>(null);
  const options = zoneOptions();
  const isListed = options.some(({ id }) => id === timeZone);
  const choose = (zone: string | null) => {
    if (zone === timeZone) return;
    chooseDisplay({ timeZone: zone });
    onDone();
  };
  // Whoever opened it wants to type.
  useEffect(() => frame.current?.querySelector("input")?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what its button opened
    <div
      ref={frame}
      className="space-y-2 pt-2"
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
    >
      <ComboBox
        label="Show times in"
        name="zone"
        value={timeZone}
        onChange={choose}
        options={isListed ? options : [{ id: timeZone, label: zoneLabel(timeZone) }, ...options]}
      />
      {readDisplayChoice().timeZone !== null && (
        <button
          type="button"
          onClick={() => choose(null)}
          className="min-h-8 font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
        >
          As everywhere else
        </button>
      )}
    </div>
  );
}
