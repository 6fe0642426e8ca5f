"use client";
import { useMemo, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import type { Display } from "@/components/display";
import { monthOf } from "@/components/month-days";
import { useDisplay } from "@/components/use-display";
import { zoneClock } from "@/components/zone-clock";
import { ZoneSwitch } from "@/components/zone-switch";
import { timeWords } from "@/features/booking/time-words";
import { failureOf } from "@/trpc/failure";
import { AgendaDays } from "./agenda-days";
import { AgendaSkeleton } from "./agenda-skeleton";
import { MonthView } from "./month-view";
import { useAgenda } from "./use-agenda";

/** One's conversations: a month at a glance, and beside it the days in words. */
export function AgendaCalendar({ userId }: { userId: string }) {
  const display = useDisplay();
  if (display === null) return <AgendaSkeleton />;
  return <ZonedAgenda userId={userId} display={display} />;
}

function ZonedAgenda({ userId, display }: { userId: string; display: Display }) {
  const { timeZone, locale } = display;
  const clock = useMemo(() => zoneClock(timeZone), [timeZone]);
  const words = useMemo(() => timeWords(display), [display]);
  const [now] = useState(Date.now);
  const today = clock(now).date;
  const [month, setMonth] = useState(() => monthOf(today));
  const [chosen, setChosen] = useState<number | null>(null);
  const { days, query } = useAgenda(month, clock);
  const turn = (to: number) => {
    setMonth(to);
    setChosen(null);
  };
  return (
    <div className="space-y-5">
      <ZoneSwitch timeZone={timeZone} label={words.zone(now)} />
      {query.data === undefined && query.error !== null ? (
        <Callout tone="danger" title={failureOf(query.error).message}>
          <Button size="small" className="mt-2" onPress={() => void query.refetch()}>
            Try again
          </Button>
        </Callout>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_340px]">
          <MonthView
            locale={locale}
            month={month}
            today={today}
            chosen={chosen}
            days={days}
            userId={userId}
            words={words}
            isLoading={query.isPending}
            onMonth={turn}
            onChoose={(date) => setChosen(date === chosen ? null : date)}
          />
          <AgendaDays
            days={days}
            from={chosen ?? Math.max(today, month)}
            isOneDay={chosen !== null}
            isLoading={query.isPending}
            userId={userId}
            locale={locale}
          />
        </div>
      )}
    </div>
  );
}
