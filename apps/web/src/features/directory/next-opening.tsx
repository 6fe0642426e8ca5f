"use client";
import { useDeferredValue } from "react";
import { dateFormat } from "@/components/date-format";
import { useDisplay } from "@/components/use-display";

/** When a host can be booked next, as its reader would write it, in their own zone: one line, whatever it says. */
export function NextOpening({ start }: { start: string }) {
  // A dozen lines at once would hold a phone up just when its reader first touches it; so they come one by one.
  const display = useDeferredValue(useDisplay(), null);
  // The server does not know the reader's zone: an empty line stands in, rather than a wrong time.
  if (display === null) return <p className="mt-1 text-sm">&nbsp;</p>;
  const { locale, timeZone } = display;
  const text = dateFormat(locale, {
    ...{ weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "numeric" },
    timeZone,
  }).format(new Date(start));
  return (
    <p className="mt-1 truncate text-sm text-muted">
      Next: <time dateTime={start}>{text}</time>
    </p>
  );
}
