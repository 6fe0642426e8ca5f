"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { onDemand } from "@/components/on-demand";
import type { Clock } from "./clock";
import { placeOnGrid } from "./grid-place";
import { HourCells } from "./hour-cells";
import type { SlotPopoverProps } from "./slot-popover";
import { type Candidate, type Grip, useWeekDrag } from "./use-week-drag";
import { problemText, type WeekEditor } from "./use-week-editor";
import { WeekBar } from "./week-bar";
import { hourFrom, sortDraft } from "./week-draft";

/** The height of an hour. A bar of 15 minutes is a fourth of it; the rows below the grid are its larger targets. */
const hourHeight = "1.75rem";

export interface WeekGridProps {
  editor: WeekEditor;
  clock: Clock;
  /** The date that stands above a weekday, as its midnight in UTC. */
  dateOf(dayOfWeek: number): number;
  /** What is drawn over the hours, placed as they are. */
  marks: ReactNode;
}

const SlotPopover = onDemand(
  () => import("./slot-popover").then((module) => module.SlotPopover),
  ({ onClose }: SlotPopoverProps) => onClose(),
);

/** Seven columns on which hours are drawn, moved and stretched, by pointer or by keys. */
export function WeekGrid({ editor, clock, dateOf, marks }: WeekGridProps) {
  const { slots, problems, place, remove, refuse, tell, focusTarget } = editor;
  const help = useId();
  const surface = useRef<HTMLDivElement>(null);
  const bars = useRef(new Map<string, HTMLButtonElement>());
  const [openId, setOpenId] = useState<string | null>(null);
  // Where the arrow keys stand on the grid: Monday at nine, as a week of work begins.
  const [cursor, setCursor] = useState({ dayOfWeek: 1, hour: 9 });

  const { candidate, begin } = useWeekDrag({
    surface,
    days: clock.days,
    slots,
    onDrop: ({ id, slot }: Candidate) => place(id, slot),
    onTap: (grip: Grip, dayOfWeek: number, minute: number) =>
      grip.kind === "draw" ? addHour(dayOfWeek, Math.floor(minute / 60)) : setOpenId(grip.slot.id),
    onCancel: () => tell("Called off. Nothing has changed."),
  });

  // Bars are drawn in the order of the week, so a bar that moves may change places: it keeps the focus.
  useLayoutEffect(() => {
    const id = focusTarget.current;
    if (id === null) return;
    focusTarget.current = null;
    bars.current.get(id)?.focus();
  });

  function addHour(dayOfWeek: number, hour: number) {
    const free = hourFrom(slots, dayOfWeek, hour * 60);
    const taken = slots.find(
      (slot) => slot.dayOfWeek === dayOfWeek && slot.startMinute <= hour * 60 && slot.endMinute > hour * 60,
    );
    if (taken !== undefined) bars.current.get(taken.id)?.focus();
    else if (free !== null) place(null, free);
  }

  function removeBar(id: string, slot: WeeklySlot) {
    const hour = Math.min(23, Math.floor(slot.startMinute / 60));
    setCursor({ dayOfWeek: slot.dayOfWeek, hour });
    remove(id);
    surface.current?.parentElement?.querySelector<HTMLElement>(`[data-cell="${slot.dayOfWeek} ${hour}"]`)?.focus();
  }

  const opened = slots.find(({ id }) => id === openId);
  return (
    <div className="hidden md:block">
      <p id={help} className="pb-4 text-sm text-muted">
        Draw on the grid to add hours. Drag a bar to move it, pull its edge to stretch it, press it to type its times.
        With keys: arrows and Enter on the grid add; on a bar, arrows move it, Shift and arrows stretch it, Delete
        removes it.
      </p>
      <div className="relative select-none">
        <HourCells
          clock={clock}
          dateOf={dateOf}
          slots={slots}
          helpId={help}
          cursor={cursor}
          onCursor={setCursor}
          onPress={addHour}
          onPointerDown={(event) => begin(event, { kind: "draw" })}
        />
        <div
          ref={surface}
          className="pointer-events-none absolute right-0 bottom-0 left-13"
          style={{ height: `calc(24 * ${hourHeight})` }}
        >
          {sortDraft(slots).map((slot) => (
            <WeekBar
              key={slot.id}
              ref={(element) => {
                if (element === null) bars.current.delete(slot.id);
                else bars.current.set(slot.id, element);
              }}
              slot={slot}
              clock={clock}
              problem={problems.get(slot.id) ?? null}
              isHeld={candidate?.id === slot.id}
              isOpen={openId === slot.id}
              onGrip={begin}
              onPlace={(placed) => place(slot.id, placed)}
              onRemove={() => removeBar(slot.id, slot)}
              onOpen={() => setOpenId(slot.id)}
              onStuck={refuse}
            />
          ))}
          {marks}
          {candidate && <HeldBar candidate={candidate} clock={clock} />}
        </div>
      </div>
      {opened && (
        <SlotPopover
          slot={opened}
          clock={clock}
          editor={editor}
          trigger={bars.current.get(opened.id) ?? null}
          onClose={() => setOpenId(null)}
          onRemove={() => {
            setOpenId(null);
            removeBar(opened.id, opened);
          }}
        />
      )}
    </div>
  );
}

/** The bar as it would be if it were let go now, with the reason where it cannot be. */
function HeldBar({ candidate: { slot, problem }, clock }: { candidate: Candidate; clock: Clock }) {
  const look = problem === null ? "border-accent bg-accent text-on-accent" : "border-danger bg-danger-soft text-danger";
  return (
    <div
      aria-hidden="true"
      className={`absolute z-10 rounded-md border px-1.5 py-0.5 text-xs leading-tight opacity-95 ${look}`}
      style={{ ...placeOnGrid(slot, clock.days), minHeight: "1.25rem" }}
    >
      {clock.range(slot)}
      {problem && <p className="pt-0.5">{sentence(problemText(problem, clock))}</p>}
    </div>
  );
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
