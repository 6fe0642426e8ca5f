"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { clsx } from "clsx";
import { useId, useMemo, useState } from "react";
import { ComboBox } from "@/components/combo-box";
import { Slider } from "@/components/slider";
import { zoneOffset, zoneOptions, zonePlace } from "@/components/zones";
import type { Clock } from "./clock";
import { SeenWeek } from "./seen-week";
import { type ClockChange, clockChanges, minutesAhead, weekSeenFrom, weekStartFor } from "./zone-shift";

export interface VisitorPreviewProps {
  timezone: string;
  slots: readonly WeeklySlot[];
  clock: Clock;
  now: number;
}

const weeksAhead = 52;

/** The week as visitors elsewhere see it, now or in any week of the year to come: reckoned as the server does it. */
export function VisitorPreview({ timezone, slots, clock, now }: VisitorPreviewProps) {
  const heading = useId();
  const [viewer, setViewer] = useState(() => elsewhere(timezone));
  const [weeks, setWeeks] = useState(0);
  const changes = useMemo(() => clockChanges([timezone, viewer], now), [timezone, viewer, now]);
  const weekStart = weekStartFor(now, viewer, clock.days[0] ?? 1, weeks);
  const seen = useMemo(() => weekSeenFrom(slots, timezone, viewer, weekStart), [slots, timezone, viewer, weekStart]);
  const start = Date.parse(weekStart);

  return (
    <section aria-labelledby={heading} className="space-y-5 border-t border-hairline pt-8">
      <div className="space-y-1">
        <h2 id={heading} className="text-lg font-medium">
          What visitors see
        </h2>
        <p className="text-sm text-muted">
          Your week as it stands above, saved or not, on the clocks of someone elsewhere.
        </p>
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <ComboBox
          label="Visitor's time zone"
          name="viewer"
          value={viewer}
          onChange={setViewer}
          options={zoneOptions()}
        />
        <Slider
          label="Looking ahead"
          value={weeks}
          onChange={setWeeks}
          min={0}
          max={weeksAhead}
          step={1}
          format={{ style: "unit", unit: "week", unitDisplay: "long" }}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Jump isHere={weeks === 0} onPress={() => setWeeks(0)}>
          This week
        </Jump>
        {changes.map((change) => (
          <Jump
            key={change.instant}
            isHere={weeks === change.weeksLater}
            onPress={() => setWeeks(Math.min(weeksAhead, change.weeksLater))}
          >
            {changeText(change, clock)}
          </Jump>
        ))}
      </div>
      <div aria-live="polite" className="space-y-1">
        <h3 className="display text-lg">
          {weekText(start, clock)} <span className="text-muted">in {zonePlace(viewer)}</span>
        </h3>
        <p className="min-h-6 text-sm text-muted">{aheadText(timezone, viewer, start)}</p>
      </div>
      <SeenWeek slots={seen} clock={clock} weekStart={start} />
    </section>
  );
}

function Jump({ isHere, onPress, children }: { isHere: boolean; onPress(): void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={isHere}
      onClick={onPress}
      className={clsx(
        "min-h-8 rounded-full border px-3 py-1 text-left text-sm transition-colors duration-150 ease-out",
        isHere ? "border-accent bg-accent-soft text-accent" : "border-control/60 hover:border-ink",
      )}
    >
      {children}
    </button>
  );
}

/** A place that is unlike one's own, to begin with. */
function elsewhere(timezone: string): string {
  return timezone === "America/New_York" ? "Europe/London" : "America/New_York";
}

function weekText(start: number, { locale }: Clock): string {
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
  return format.formatRange(start, start + 6 * 86_400_000);
}

function changeText({ instant, timezones, weeksLater: _ }: ClockChange, { locale }: Clock): string {
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: timezones[0] }).format(
    instant,
  );
  return `After clocks change in ${timezones.map(zonePlace).join(" and ")} (${date})`;
}

function aheadText(timezone: string, viewer: string, weekStart: number): string {
  const [before, after] = [0, 6].map((days) => minutesAhead(timezone, viewer, weekStart + days * 86_400_000));
  const place = `${zonePlace(viewer)} (${zoneOffset(viewer, weekStart)})`;
  const own = `${zonePlace(timezone)} (${zoneOffset(timezone, weekStart)})`;
  if (before === undefined || after === undefined) return "";
  if (before !== after)
    return `Clocks change in this week: ${zonePlace(viewer)} is ${lead(before)} ${own} before it, ${lead(after)} after it.`;
  return `${place} is ${lead(before)} ${own}.`;
}

function lead(minutes: number): string {
  if (minutes === 0) return "level with";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter((part) => part !== false);
  return `${parts.join(" ")} ${minutes > 0 ? "ahead of" : "behind"}`;
}
