"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { instantsOf, monthOf } from "@/components/month-days";
import { dayLength, type ZoneClock } from "@/components/zone-clock";
import { trpc } from "@/trpc/react";

export interface OpeningsAsked {
  username: string;
  minutes: number;
}

/** As many days as one question may be about. */
const stretch = 62 * dayLength;
const fresh = 20_000;

/**
 * The openings of one month as a zone has it: for each date, by its midnight in UTC, when a conversation may start. They
 * are asked for as instants that lie about the month, so that another zone only sorts them anew.
 */
export function useMonthOpenings({ username, minutes }: OpeningsAsked, month: number, clock: ZoneClock) {
  const { from, to } = instantsOf(month);
  const query = trpc.schedule.openings.useQuery(
    { username, durationMinutes: minutes, from: iso(from), to: iso(to) },
    // Others book meanwhile: whoever looks away comes back to what is true now.
    { staleTime: fresh, refetchInterval: 60_000, refetchOnWindowFocus: "always" },
  );
  const openings = query.data?.openings;
  const days = useMemo(() => {
    const found = new Map<number, number[]>();
    for (const opening of openings ?? []) {
      const start = Date.parse(opening.start);
      const { date } = clock(start);
      if (monthOf(date) !== month) continue;
      const starts = found.get(date);
      if (starts === undefined) found.set(date, [start]);
      else starts.push(start);
    }
    return found;
  }, [openings, clock, month]);
  return { days, query };
}

/** The first opening from an instant on, however far ahead the host may be booked; null where there is none. */
export function useNextOpening({ username, minutes }: OpeningsAsked, from: number, until: number, isAsked: boolean) {
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: ["next opening", username, minutes, from, until],
    enabled: isAsked,
    staleTime: fresh,
    queryFn: async () => {
      for (let start = from; start < until; start += stretch) {
        const to = iso(Math.min(start + stretch, until));
        const { openings } = await client.schedule.openings.query({
          username,
          durationMinutes: minutes,
          from: iso(start),
          to,
        });
        if (openings[0] !== undefined) return Date.parse(openings[0].start);
      }
      return null;
    },
  });
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
