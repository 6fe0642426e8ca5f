"use client";
import { useSyncExternalStore } from "react";
import { type Display, type DisplayChoice, displayChoice, displayCookieLine, usableChoice } from "./display";
import { deviceZone } from "./zones";

let known: (Display & { source: string }) | undefined;
/** Kept, as to ask for it waits for another process, once for each time on a page. */
let cookieText: string | null = null;
const listeners = new Set<() => void>();

/**
 * How to show times and numbers here: as chosen on this device, else as the account says, else as the device has it. Null
 * until the browser has been asked.
 */
export function useDisplay(): Display | null {
  return useSyncExternalStore<Display | null>(subscribe, read, () => null);
}

/** What this browser keeps, or null where it keeps nothing. */
export function readDisplayChoice(): DisplayChoice {
  const pairs = readCookies()
    .split("; ")
    .map((pair) => pair.split("="));
  const cookies = new Map(pairs.map(([name = "", value = ""]) => [name, decodeURIComponent(value)]));
  return displayChoice((name) => cookies.get(name) || undefined);
}

export function chooseDisplay(choice: Partial<DisplayChoice>): void {
  for (const part of ["timeZone", "locale"] as const) {
    const value = choice[part];
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    if (value !== undefined) document.cookie = displayCookieLine(part, value);
  }
  readAgain();
}

/** Shows at once what the account says from now on; what this device kept instead is forgotten. */
export function followAccount(choice: Partial<DisplayChoice>): void {
  const { dataset } = document.documentElement;
  for (const part of ["timeZone", "locale"] as const) {
    const value = choice[part];
    if (value === null) delete dataset[part];
    else if (value !== undefined) dataset[part] = value;
  }
  chooseDisplay(Object.fromEntries(Object.keys(choice).map((part) => [part, null])));
}

function subscribe(listener: () => void): () => void {
  // Something else may be chosen in another tab, which nobody sees before they come back from it.
  if (listeners.size === 0) document.addEventListener("visibilitychange", readAgain);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", readAgain);
    cookieText = null;
  };
}

function readCookies(): string {
  cookieText ??= document.cookie;
  return cookieText;
}

function readAgain(): void {
  cookieText = null;
  for (const listener of listeners) listener();
}

// The same object while nothing has changed: React compares by identity.
function read(): Display {
  const { timeZone, locale } = document.documentElement.dataset;
  const source = [readCookies(), timeZone, locale].join("\n");
  if (known?.source !== source) {
    const [choice, account] = [readDisplayChoice(), usableChoice({ timeZone, locale })];
    known = {
      source,
      timeZone: choice.timeZone ?? account.timeZone ?? deviceZone(),
      locale: choice.locale ?? account.locale ?? navigator.language,
    };
  }
  return known;
}
