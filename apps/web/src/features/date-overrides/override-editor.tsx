"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { useMemo, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { monthOf } from "@/components/month-days";
import { useDisplay } from "@/components/use-display";
import { dayLength, zoneClock } from "@/components/zone-clock";
import { createClock } from "@/features/schedule/clock";
import { failureOf } from "@/trpc/failure";
import { DatesCalendar } from "./dates-calendar";
import { groupsOf, hoursWords, type OverrideGroup } from "./override-groups";
import { OverrideList } from "./override-list";
import { OverridePanel } from "./override-panel";
import { OverrideSkeleton } from "./override-skeleton";
import { useDateRange } from "./use-date-range";
import { useOverrides } from "./use-overrides";

export interface OverrideEditorProps {
  /** The zone in which hours are kept: these are its dates. */
  timezone: string;
  weekly: readonly WeeklySlot[];
}

/** As far ahead as anything can be booked. */
const daysAhead = 365;

/** Dates with hours of their own: a calendar to choose them on, what they are to have, and those there are. */
export function OverrideEditor(props: OverrideEditorProps) {
  const display = useDisplay();
  if (display === null) return <OverrideSkeleton />;
  return <Editor {...props} locale={display.locale} />;
}

function Editor({ timezone, weekly, locale }: OverrideEditorProps & { locale: string }) {
  const clock = useMemo(() => createClock(locale), [locale]);
  const [today] = useState(() => zoneClock(timezone)(Date.now()).date);
  const ahead = { from: today, to: today + daysAhead * dayLength };
  const [month, setMonth] = useState(() => monthOf(today));
  const [isAsked, setIsAsked] = useState(false);
  const chosen = useDateRange();
  const dates = useOverrides(ahead, locale);
  const { query, overrides } = dates;
  const marks = useMemo(() => new Map(overrides.map(({ date, slots }) => [Date.parse(date), slots])), [overrides]);

  if (query.data === undefined && query.error !== null) {
    return (
      <Callout tone="danger" title={failureOf(query.error).message}>
        <Button size="small" className="mt-2" onPress={() => void query.refetch()}>
          Try again
        </Button>
      </Callout>
    );
  }

  function edit(group: OverrideGroup) {
    chosen.choose({ from: group.from, to: group.to });
    setMonth(monthOf(group.from));
    setIsAsked(true);
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <div className="space-y-3">
        <DatesCalendar
          locale={locale}
          month={month}
          today={today}
          last={ahead.to}
          range={chosen.range}
          anchor={chosen.anchor}
          isBusy={query.isPending}
          markOf={(date) => {
            const slots = marks.get(date);
            if (slots === undefined) return null;
            return { look: slots.length === 0 ? "closed" : "hours", text: hoursWords(slots, clock).toLowerCase() };
          }}
          onMonth={setMonth}
          onPress={(date) => {
            setIsAsked(false);
            chosen.press(date);
          }}
        />
        <p role="status" className="min-h-[3em] text-sm text-muted">
          {chosen.anchor === null
            ? "Press a date, or a first and a last one."
            : "Press another date to choose all from here to there."}
        </p>
      </div>
      <div className="min-w-0 space-y-8">
        {chosen.range !== null && (
          <OverridePanel
            range={chosen.range}
            ahead={ahead}
            timezone={timezone}
            weekly={weekly}
            clock={clock}
            dates={dates}
            isFocused={isAsked}
            onRange={chosen.choose}
          />
        )}
        <OverrideList
          groups={groupsOf(overrides)}
          clock={clock}
          isPending={dates.isPending}
          onEdit={edit}
          onRemove={(group) => dates.remove(group, [group])}
        />
      </div>
    </div>
  );
}
