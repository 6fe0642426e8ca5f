"use client";
import { dateFormat, timeStyles } from "./date-format";
import { useDisplay } from "./use-display";

export interface LocalTimeProps {
  /** ISO 8601. */
  instant: string;
  /** `ago` is for what has just been; the full time is then in its title. */
  look?: "date" | "dateTime" | "ago";
  /** The day, as far as the server can tell: shown until the browser has been asked. */
  rendered?: string;
}

/** A point in time as its reader would write it, in their own zone. */
export function LocalTime({ instant, look = "dateTime", rendered }: LocalTimeProps) {
  const display = useDisplay();
  if (display === null && rendered !== undefined) return <time dateTime={instant}>{rendered}</time>;
  // The server does not know the reader's zone: a line of the same height stands in, rather than a wrong time.
  if (display === null) return <span className="inline-block min-w-24">&nbsp;</span>;
  const { locale, timeZone } = display;
  const date = new Date(instant);
  const dateTime = dateFormat(locale, { ...timeStyles[look === "date" ? "date" : "dateTime"], timeZone }).format(date);
  return (
    <time dateTime={instant} title={look === "ago" ? dateTime : undefined}>
      {look === "ago" ? ago(date) : dateTime}
    </time>
  );
}

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

function ago(date: Date): string {
  const seconds = Math.max(0, (Date.now() - date.getTime()) / 1000);
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? [null, 1];
  if (unit === null) return "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.floor(seconds / size), unit);
}
