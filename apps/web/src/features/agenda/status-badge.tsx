import type { Booking } from "@parley/api/schema/bookings";
import { clsx } from "clsx";

const looks: Record<Booking["status"], { word: string; look: string }> = {
  requested: { word: "Waits for an answer", look: "border-warn/40 bg-warn-soft text-warn" },
  confirmed: { word: "Confirmed", look: "border-accent/30 bg-accent-soft text-accent" },
  declined: { word: "Declined", look: "border-hairline bg-sunken text-muted" },
  cancelled: { word: "Cancelled", look: "border-hairline bg-sunken text-muted" },
  expired: { word: "Not answered in time", look: "border-hairline bg-sunken text-muted" },
  completed: { word: "Took place", look: "border-hairline bg-sunken text-ink" },
  no_show: { word: "Missed", look: "border-danger/30 bg-danger-soft text-danger" },
};

/** Where a booking stands, in a word. */
export function StatusBadge({ status }: { status: Booking["status"] }) {
  const { word, look } = looks[status];
  return (
    <span
      className={clsx("inline-flex h-6 shrink-0 items-center rounded-full border px-2.5 text-xs font-medium", look)}
    >
      {word}
    </span>
  );
}
