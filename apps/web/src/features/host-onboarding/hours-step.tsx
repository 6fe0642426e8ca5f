"use client";
import type { LocalWeek } from "@parley/api/schema/schedule/weekly";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/button";
import { useDisplay } from "@/components/use-display";
import { zoneLabel } from "@/components/zones";
import { createClock } from "@/features/schedule/clock";
import { DayList } from "@/features/schedule/day-list";
import { EditorSkeleton } from "@/features/schedule/editor-skeleton";
import { StaleWeek } from "@/features/schedule/stale-week";
import { useSaveWeek } from "@/features/schedule/use-save-week";
import { useWeekEditor } from "@/features/schedule/use-week-editor";
import { ZoneChange } from "@/features/schedule/zone-change";
import { type StepId, stepAddress } from "./journey";
import { hoursPresets, presetSlots } from "./presets";
import { StepBar } from "./step-bar";

export interface HoursStepProps {
  week: LocalWeek;
  next: StepId;
  /** The way on without hours. */
  children?: ReactNode;
}

/** The usual week: a beginning by one press, then times to type. The grid to draw in is in settings. */
export function HoursStep(props: HoursStepProps) {
  const display = useDisplay();
  // How times look here is known to the browser alone.
  if (display === null) return <EditorSkeleton />;
  const { week } = props;
  // Hours that were never saved begin in the zone of whoever writes them.
  const initial = week.version === 0 ? { ...week, timezone: display.timeZone } : week;
  return <HoursForm {...props} week={initial} locale={display.locale} />;
}

function HoursForm({ week, next, locale, children }: HoursStepProps & { locale: string }) {
  const router = useRouter();
  const clock = useMemo(() => createClock(locale), [locale]);
  const editor = useWeekEditor(week, clock);
  const saving = useSaveWeek(editor, clock);
  const [now] = useState(() => Date.now());
  const { slots, timezone, saved } = editor;
  const isNewlySaved = saved.version > week.version;

  useEffect(() => {
    if (isNewlySaved) router.push(stepAddress(next) as Route);
  }, [isNewlySaved, next, router]);

  function submit(event: FormEvent) {
    event.preventDefault();
    void saving.save();
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="space-y-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-muted">Times in {zoneLabel(timezone)}</p>
        <ZoneChange timezone={timezone} slots={slots} clock={clock} now={now} onChange={editor.moveTo} />
      </div>
      <fieldset className="space-y-2">
        <legend className="text-sm font-medium">Begin with</legend>
        <div className="flex flex-wrap gap-2 pt-1">
          {hoursPresets.map((preset) => (
            <Button
              key={preset.label}
              size="small"
              onPress={() => editor.replace(presetSlots(preset), `${preset.label} put in.`)}
            >
              {preset.label}
            </Button>
          ))}
        </div>
      </fieldset>
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
      <DayList editor={editor} clock={clock} />
      <p role="status" className="sr-only">
        {editor.note?.text}
      </p>
      <StepBar isPending={saving.isPending} isDirty={editor.isDirty} isFocusLeft>
        {children}
      </StepBar>
    </form>
  );
}
