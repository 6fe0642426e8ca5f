"use client";
import { nextClockChange } from "@parley/api/rules/schedule/weekly";
import type { LocalWeek } from "@parley/api/schema/schedule/weekly";
import { clsx } from "clsx";
import { type FormEvent, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/button";
import { useDisplay } from "@/components/use-display";
import { zoneLabel, zoneOffset } from "@/components/zones";
import { SaveBar } from "@/features/settings/save-bar";
import { type Clock, createClock } from "./clock";
import { DayList } from "./day-list";
import { EditorSkeleton } from "./editor-skeleton";
import { ShownWeekBar } from "./shown-week-bar";
import { StaleWeek } from "./stale-week";
import { useSaveWeek } from "./use-save-week";
import { useShownWeek } from "./use-shown-week";
import { useWeekEditor, type WeekEditor } from "./use-week-editor";
import { VisitorPreview } from "./visitor-preview";
import { workingWeek } from "./week-draft";
import { WeekGrid } from "./week-grid";
import { WeekMarks } from "./week-marks";
import { ZoneChange } from "./zone-change";

/** Weekly hours: as a grid, as rows of times, and as visitors see them. */
export function AvailabilityEditor({ week, userId }: { week: LocalWeek; userId: string }) {
  const display = useDisplay();
  // How times look here is known to the browser alone.
  if (display === null) return <EditorSkeleton />;
  // Hours that were never saved begin in the zone of whoever writes them.
  const initial = week.version === 0 ? { ...week, timezone: display.timeZone } : week;
  return <Editor initial={initial} locale={display.locale} userId={userId} />;
}

function Editor({ initial, locale, userId }: { initial: LocalWeek; locale: string; userId: string }) {
  const clock = useMemo(() => createClock(locale), [locale]);
  const editor = useWeekEditor(initial, clock);
  const saving = useSaveWeek(editor, clock);
  const now = useNow();
  const shown = useShownWeek(editor.timezone, clock, now);
  const { timezone, slots, isDirty } = editor;

  function submit(event: FormEvent) {
    event.preventDefault();
    void saving.save();
  }

  return (
    <div className="space-y-12">
      <form onSubmit={submit} noValidate className="space-y-6 [&_button]:scroll-mb-24 [&_input]:scroll-mb-24">
        <section className="space-y-5 border-t border-hairline pt-8">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
            <div className="space-y-1">
              <h2 className="text-lg font-medium">Your hours, in {zoneLabel(timezone)}</h2>
              <p className="text-sm text-muted">{zoneText(timezone, now, clock)}</p>
            </div>
            <div className="flex flex-wrap gap-2">
              {slots.length === 0 && (
                <Button size="small" onPress={() => editor.replace(workingWeek(), "Added Monday to Friday.")}>
                  Start with Monday to Friday, {clock.hour(9)} – {clock.hour(17)}
                </Button>
              )}
              <ZoneChange timezone={timezone} slots={slots} clock={clock} now={now} onChange={editor.moveTo} />
            </div>
          </div>
          {saving.theirs && (
            <StaleWeek
              theirs={saving.theirs}
              mine={editor}
              clock={clock}
              isPending={saving.isPending}
              onTakeTheirs={saving.takeTheirs}
              onSaveMine={() => void saving.saveOverTheirs()}
            />
          )}
          <ShownWeekBar week={shown} clock={clock} userId={userId} />
          <WeekGrid
            editor={editor}
            clock={clock}
            dateOf={(day) => shown.days.find(({ dayOfWeek }) => dayOfWeek === day)?.date ?? shown.start}
            marks={<WeekMarks days={shown.days} clock={clock} />}
          />
          <h3 className="hidden pt-4 text-lg font-medium md:block">Day by day, to type</h3>
          <DayList editor={editor} clock={clock} />
        </section>
        <div
          className={clsx(
            "-mx-4 border-t border-hairline bg-paper px-4 py-3 md:mx-0 md:px-0",
            (isDirty || editor.note !== null) && "sticky bottom-0 z-20",
          )}
        >
          <NoteLine editor={editor} />
          <SaveBar
            isDirty={isDirty}
            isPending={saving.isPending}
            onDiscard={editor.discard}
            label="Save hours"
            isFocusLeft
          />
        </div>
      </form>
      <VisitorPreview timezone={timezone} slots={slots} clock={clock} now={now} />
    </div>
  );
}

/**
 * What the last act did, or why it was refused: beside the verbs, which stay in sight. Its room is kept while it is
 * empty: a line that came or went would move the button from under the pointer that is pressing it.
 */
function NoteLine({ editor: { note } }: { editor: WeekEditor }) {
  return (
    <p
      role="status"
      aria-label="What happened"
      className={clsx("min-h-7 pb-2 text-sm", note?.isRefusal ? "text-danger" : "text-muted")}
    >
      {note?.text}
    </p>
  );
}

function zoneText(timezone: string, now: number, { locale }: Clock): string {
  const offset = zoneOffset(timezone, now);
  if (offset === "") return "This browser does not know the clocks of that zone.";
  const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: timezone }).format(now);
  const isChanging = nextClockChange(timezone, now) !== null;
  return `${offset}. It is ${time} there now.${isChanging ? " Your hours follow those clocks through summer and winter." : ""}`;
}

/** The time, to the minute. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
