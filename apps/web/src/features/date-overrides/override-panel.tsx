"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { isoDate } from "@/components/month-days";
import type { Clock } from "@/features/schedule/clock";
import { BookedNote } from "./booked-note";
import { OverrideForm } from "./override-form";
import { type DateRange, daysIn, groupsOf, hoursWords, isTouched, rangeWords, slotsOfAll } from "./override-groups";
import type { useOverrides } from "./use-overrides";

export interface OverridePanelProps {
  range: DateRange;
  /** From today to the last date that can be chosen. */
  ahead: DateRange;
  timezone: string;
  weekly: readonly WeeklySlot[];
  clock: Clock;
  dates: ReturnType<typeof useOverrides>;
  /** True where the person has asked for these dates by a button, and goes on here. */
  isFocused: boolean;
  onRange(range: DateRange | null): void;
}

const workday = [{ startMinute: 9 * 60, endMinute: 17 * 60 }];

/** The dates that are chosen, and what they are to have instead of their weekly hours. */
export function OverridePanel(props: OverridePanelProps) {
  const { range, ahead, timezone, weekly, clock, dates, isFocused, onRange } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocused) heading.current?.focus();
  }, [isFocused]);
  const dayOfWeek = new Date(range.from).getUTCDay();
  const usual = weekly
    .filter((slot) => slot.dayOfWeek === dayOfWeek)
    .map(({ startMinute, endMinute }) => ({ startMinute, endMinute }));
  const present = slotsOfAll(dates.overrides, range);
  const days = daysIn(range);

  async function save(slots: Parameters<typeof dates.save>[1]) {
    if (await dates.save(range, slots)) onRange(null);
  }

  async function remove() {
    const touched = dates.overrides.filter(({ date }) => isTouched([{ date, slots: [] }], range));
    if (await dates.remove(range, groupsOf(touched))) onRange(null);
  }

  return (
    <section
      aria-labelledby="chosen-dates"
      className="space-y-4 rounded-lg border border-hairline bg-raised p-4 sm:p-5"
    >
      <div className="space-y-1">
        <h3 ref={heading} id="chosen-dates" tabIndex={-1} className="text-base font-medium outline-none">
          {rangeWords(range, clock.locale)}
        </h3>
        <p className="text-sm text-muted">
          {days > 1 ? `${days} days` : `On this weekday usually: ${hoursWords(usual, clock).toLowerCase()}`}
        </p>
      </div>
      <div className="grid grid-cols-2 gap-3">
        <DateField
          label="First day"
          value={range.from}
          ahead={ahead}
          onChange={(from) => onRange({ from, to: Math.max(from, range.to) })}
        />
        <DateField
          label="Last day"
          value={range.to}
          ahead={ahead}
          onChange={(to) => onRange({ from: Math.min(range.from, to), to })}
        />
      </div>
      <BookedNote range={range} timezone={timezone} />
      <OverrideForm
        key={`${range.from} ${range.to}`}
        dayOfWeek={dayOfWeek}
        present={present}
        usual={usual.length > 0 ? usual : workday}
        clock={clock}
        isPending={dates.isPending}
        onSave={(slots) => void save(slots)}
      >
        {isTouched(dates.overrides, range) && (
          <Button isDisabled={dates.isPending} preventFocusOnPress onPress={() => void remove()}>
            Back to weekly hours
          </Button>
        )}
        <Button tone="quiet" preventFocusOnPress onPress={() => onRange(null)}>
          Cancel
        </Button>
      </OverrideForm>
    </section>
  );
}

interface DateFieldProps {
  label: string;
  value: number;
  ahead: DateRange;
  onChange(date: number): void;
}

/** A date to type. What is half typed, or cannot be chosen, changes nothing. */
function DateField({ label, value, ahead, onChange }: DateFieldProps) {
  return (
    <Field
      label={label}
      name={label}
      type="date"
      value={isoDate(value)}
      min={isoDate(ahead.from)}
      max={isoDate(ahead.to)}
      onChange={(text) => {
        const date = Date.parse(text);
        if (date >= ahead.from && date <= ahead.to) onChange(date);
      }}
    />
  );
}
