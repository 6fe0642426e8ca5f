"use client";
import type { WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { minutesPerDay } from "@parley/api/rules/schedule/weekly";
import { clsx } from "clsx";
import type { KeyboardEvent, PointerEvent, Ref } from "react";
import type { Clock } from "./clock";
import { placeOnGrid } from "./grid-place";
import type { Grip } from "./use-week-drag";
import { type DraftSlot, movedTo, nextStep, type Problem, stretchedTo } from "./week-draft";

export interface WeekBarProps {
  ref: Ref<HTMLButtonElement>;
  slot: DraftSlot;
  clock: Clock;
  problem: Problem | null;
  /** True while it is dragged: it then shows as a shadow of itself. */
  isHeld: boolean;
  isOpen: boolean;
  onGrip(event: PointerEvent, grip: Grip): void;
  onPlace(slot: WeeklySlot): void;
  onRemove(): void;
  onOpen(): void;
  onStuck(reason: string): void;
}

/** Open hours on the grid. Its edges stretch it, the rest of it moves it, a press opens its times. */
export function WeekBar({ ref, slot, clock, problem, isHeld, isOpen, onGrip, ...on }: WeekBarProps) {
  const length = slot.endMinute - slot.startMinute;

  function press(event: KeyboardEvent) {
    const { key, shiftKey } = event;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (key === "Delete" || key === "Backspace") on.onRemove();
    else if (key === "Enter" || key === " ") on.onOpen();
    else if (key.startsWith("Arrow")) step(shiftKey ? stretched(slot, key) : moved(slot, key, clock.days));
    else return;
    event.preventDefault();
  }

  function step(next: WeeklySlot) {
    const isSame =
      next.dayOfWeek === slot.dayOfWeek && next.startMinute === slot.startMinute && next.endMinute === slot.endMinute;
    if (isSame) on.onStuck("It cannot go further that way.");
    else on.onPlace(next);
  }

  return (
    <button
      ref={ref}
      type="button"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-invalid={problem !== null || undefined}
      onKeyDown={press}
      onClick={(event) => {
        if (event.detail === 0) on.onOpen();
      }}
      onPointerDown={(event) => {
        const edge = event.target instanceof HTMLElement ? event.target.dataset.edge : undefined;
        onGrip(event, { kind: edge === "start" || edge === "end" ? edge : "move", slot });
      }}
      className={clsx(
        "group pointer-events-auto absolute flex touch-none flex-col items-start overflow-hidden rounded-md border px-1.5 text-left text-xs leading-tight",
        "cursor-grab transition-colors duration-150 ease-out focus-visible:z-10 focus-visible:outline-offset-1 active:cursor-grabbing",
        problem === null
          ? "border-accent/70 bg-accent-soft text-accent-strong hover:border-accent"
          : "border-danger bg-danger-soft text-danger",
        isHeld && "opacity-40",
        length >= 45 && "py-1",
      )}
      style={placeOnGrid(slot, clock.days)}
    >
      <span className="sr-only">{clock.slot(slot)}</span>
      {length >= 30 && (
        <span aria-hidden="true" className="font-medium">
          <span className="whitespace-nowrap">{clock.time(slot.startMinute)}</span>
          {length >= 75 && <span className="block font-normal whitespace-nowrap">{clock.time(slot.endMinute)}</span>}
        </span>
      )}
      <span data-edge="start" className="absolute inset-x-0 top-0 h-1.5 cursor-ns-resize" />
      <span data-edge="end" className="absolute inset-x-0 bottom-0 h-1.5 cursor-ns-resize">
        <span
          data-edge="end"
          className="absolute bottom-0.5 left-1/2 h-0.5 w-4 -translate-x-1/2 rounded-full bg-accent opacity-0 transition-opacity duration-150 group-hover:opacity-60"
        />
      </span>
    </button>
  );
}

function moved(slot: WeeklySlot, key: string, days: readonly number[]): WeeklySlot {
  if (key === "ArrowUp") return movedTo(slot, slot.dayOfWeek, Math.max(0, nextStep(slot.startMinute, -1)));
  if (key === "ArrowDown") return movedTo(slot, slot.dayOfWeek, nextStep(slot.startMinute, 1));
  const column = days.indexOf(slot.dayOfWeek) + (key === "ArrowRight" ? 1 : -1);
  return { ...slot, dayOfWeek: days[column] ?? slot.dayOfWeek };
}

function stretched(slot: WeeklySlot, key: string): WeeklySlot {
  if (key === "ArrowUp") return stretchedTo(slot, "end", nextStep(slot.endMinute, -1));
  if (key === "ArrowDown") return stretchedTo(slot, "end", Math.min(minutesPerDay, nextStep(slot.endMinute, 1)));
  return stretchedTo(slot, "start", nextStep(slot.startMinute, key === "ArrowRight" ? 1 : -1));
}
