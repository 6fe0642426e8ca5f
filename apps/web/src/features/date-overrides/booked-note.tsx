"use client";
import { dayLength, zoneClock } from "@/components/zone-clock";
import { trpc } from "@/trpc/react";
import { type DateRange, daysIn } from "./override-groups";

/** The most that can be asked about at once, less a day at either end for zones. */
const mostDays = 60;

/** Says how many conversations stand on these dates: they stay, whatever becomes of the hours. */
export function BookedNote({ range, timezone }: { range: DateRange; timezone: string }) {
  const isPossible = daysIn(range) <= mostDays;
  const { data } = trpc.bookings.agenda.useQuery(
    {
      from: new Date(range.from - dayLength).toISOString(),
      to: new Date(range.to + 2 * dayLength).toISOString(),
      as: "host",
    },
    { enabled: isPossible },
  );
  const clock = zoneClock(timezone);
  const booked = (data?.bookings ?? []).filter(({ start, status }) => {
    const { date } = clock(Date.parse(start));
    return (status === "confirmed" || status === "requested") && range.from <= date && date <= range.to;
  });
  return (
    <p role="status" className={booked.length === 0 ? "sr-only" : "rounded-md bg-warn-soft p-3 text-sm text-warn"}>
      {booked.length > 0 &&
        `${booked.length === 1 ? "1 conversation is" : `${booked.length} conversations are`} booked here, and ${
          booked.length === 1 ? "stays" : "stay"
        } so unless you cancel.`}
    </p>
  );
}
