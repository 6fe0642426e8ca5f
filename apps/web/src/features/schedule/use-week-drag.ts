"use client";
import { minutesPerDay, type WeeklySlot } from "@parley/api/rules/schedule/weekly";
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import {
  clamp,
  type DraftSlot,
  type Edge,
  movedTo,
  type Problem,
  problemWith,
  snap,
  step,
  stretchedTo,
} from "./week-draft";

/** A slot as the pointer would have it, while it is held. */
export interface Candidate {
  /** Null while a new one is drawn. */
  id: string | null;
  slot: WeeklySlot;
  problem: Problem | null;
}

export type Grip = { kind: "draw" } | { kind: "move"; slot: DraftSlot } | { kind: Edge; slot: DraftSlot };

export interface WeekDragOptions {
  /** The area of seven columns from midnight to midnight. */
  surface: RefObject<HTMLElement | null>;
  days: readonly number[];
  slots: readonly DraftSlot[];
  onDrop(candidate: Candidate): void;
  /** A press that did not move. `minute` is where it was. */
  onTap(grip: Grip, dayOfWeek: number, minute: number): void;
  onCancel(): void;
}

interface Spot {
  column: number;
  minute: number;
}

/** How far a pointer trembles without meaning to drag, in pixels. */
const slack = 4;

/**
 * Drawing, moving and stretching with mouse, pen or finger, on a raster of 15 minutes. Nothing changes before the pointer
 * is let go; Escape, or a pointer that the system takes away, leaves everything as it was.
 */
export function useWeekDrag({ surface, days, slots, onDrop, onTap, onCancel }: WeekDragOptions) {
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  function spotOf({ clientX, clientY }: { clientX: number; clientY: number }): Spot {
    const box = surface.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return {
      column: clamp(Math.floor(((clientX - box.left) / box.width) * days.length), 0, days.length - 1),
      minute: clamp(((clientY - box.top) / box.height) * minutesPerDay, 0, minutesPerDay),
    };
  }

  function begin(event: PointerEvent<Element>, grip: Grip) {
    if (event.button !== 0 || !event.isPrimary || stop.current !== null) return;
    const { pointerId, clientX, clientY, pointerType } = event;
    const from = spotOf(event);
    // A finger on an empty place scrolls the page; it may only tap there.
    const canDrag = !(grip.kind === "draw" && pointerType === "touch");
    let latest: Candidate | null = null;

    const finish = () => {
      listening.abort();
      stop.current = null;
      setCandidate(null);
    };
    const listening = new AbortController();
    const { signal } = listening;
    const isOurs = (other: globalThis.PointerEvent) => other.pointerId === pointerId;
    stop.current = finish;

    window.addEventListener(
      "pointermove",
      (move) => {
        if (!isOurs(move) || !canDrag) return;
        if (latest === null && Math.hypot(move.clientX - clientX, move.clientY - clientY) < slack) return;
        const slot = slotOf(grip, from, spotOf(move), days);
        const id = grip.kind === "draw" ? null : grip.slot.id;
        latest = { id, slot, problem: problemWith(slot, slots, id) };
        setCandidate(latest);
      },
      { signal },
    );
    window.addEventListener(
      "pointerup",
      (up) => {
        if (!isOurs(up)) return;
        finish();
        const hasStayed = Math.hypot(up.clientX - clientX, up.clientY - clientY) < 2 * slack;
        if (latest !== null) onDrop(latest);
        else if (hasStayed) onTap(grip, days[from.column] ?? 0, from.minute);
      },
      { signal },
    );
    window.addEventListener("pointercancel", (cancel) => isOurs(cancel) && finish(), { signal });
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape") return;
        key.preventDefault();
        key.stopPropagation();
        finish();
        onCancel();
      },
      { signal, capture: true },
    );
  }

  return { candidate, begin };
}

function slotOf(grip: Grip, from: Spot, to: Spot, days: readonly number[]): WeeklySlot {
  if (grip.kind === "draw") {
    const anchor = Math.floor(from.minute / step) * step;
    const isDown = to.minute >= from.minute;
    const other = isDown ? Math.max(anchor + step, snap(to.minute)) : Math.min(anchor, snap(to.minute));
    const dayOfWeek = days[from.column] ?? 0;
    return isDown
      ? { dayOfWeek, startMinute: anchor, endMinute: other }
      : { dayOfWeek, startMinute: other, endMinute: anchor + step };
  }
  const { slot } = grip;
  const moved = to.minute - from.minute;
  if (grip.kind === "move") {
    return movedTo(slot, days[to.column] ?? slot.dayOfWeek, snapUnless(slot.startMinute, moved));
  }
  return stretchedTo(slot, grip.kind, snapUnless(grip.kind === "start" ? slot.startMinute : slot.endMinute, moved));
}

/** A minute that was hardly moved stays, though it is off the raster: a move to another day keeps 9:07. */
function snapUnless(minute: number, moved: number): number {
  return Math.abs(moved) < step / 2 ? minute : snap(minute + moved);
}
