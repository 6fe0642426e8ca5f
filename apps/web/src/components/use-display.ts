"use client";
import { useSyncExternalStore } from "react";
import { type Display, type DisplayChoice, displayChoice, displayCookieLine } from "./display";
import { deviceZone } from "./zones";

let known: (Display & { source: string }) | undefined;
const listeners = new Set<() => void>();

/** How to show times and numbers here: as chosen, else as the device has it. Null until the browser has been asked. */
export function useDisplay(): Display | null {
  return useSyncExternalStore<Display | null>(subscribe, read, () => null);
}

/** What this browser keeps, or null where it follows the device. */
export function readDisplayChoice(): DisplayChoice {
  const pairs = document.cookie.split("; ").map((pair) => pair.split("="));
  const cookies = new Map(pairs.map(([name = "", value = ""]) => [name, decodeURIComponent(value)]));
  return displayChoice((name) => cookies.get(name) || undefined);
}

export function chooseDisplay(choice: Partial<DisplayChoice>): void {
  for (const part of ["timeZone", "locale"] as const) {
    const value = choice[part];
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    if (value !== undefined) document.cookie = displayCookieLine(part, value);
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// The same object while nothing has changed: React compares by identity.
function read(): Display {
  const source = document.cookie;
  if (known?.source !== source) {
    const choice = readDisplayChoice();
    const timeZone = choice.timeZone ?? deviceZone();
    known = { source, timeZone, locale: choice.locale ?? navigator.language };
  }
  return known;
}
