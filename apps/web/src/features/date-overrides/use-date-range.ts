"use client";
import { useState } from "react";
import type { DateRange } from "./override-groups";

/** Dates chosen on a calendar: a press takes one date, the next one all from there to here, the one after begins anew. */
export function useDateRange() {
  const [range, setRange] = useState<DateRange | null>(null);
  /** The one end that stands, while the other may still be chosen. */
  const [anchor, setAnchor] = useState<number | null>(null);
  return {
    range,
    anchor,
    press(date: number) {
      if (anchor === null || date === anchor) {
        setRange({ from: date, to: date });
        setAnchor(anchor === null ? date : null);
        return;
      }
      setRange({ from: Math.min(anchor, date), to: Math.max(anchor, date) });
      setAnchor(null);
    },
    choose(chosen: DateRange | null) {
      setRange(chosen);
      setAnchor(null);
    },
  };
}
