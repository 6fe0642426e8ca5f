"use client";
import { useState } from "react";
import { useDisplay } from "@/components/use-display";
import { ZoneSwitch } from "@/components/zone-switch";
import { timeWords } from "@/features/booking/time-words";

/** In which zone the times of a page are told, and another where one is wanted. */
export function ZoneLine() {
  const display = useDisplay();
  const [now] = useState(Date.now);
  if (display === null) return <div className="min-h-8" />;
  return <ZoneSwitch timeZone={display.timeZone} label={timeWords(display).zone(now)} />;
}
