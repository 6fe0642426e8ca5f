import { areOverlapping, minutesPerDay, sortSlots, type WeeklySlot } from "@parley/api/rules/schedule/weekly";
import type { Clock } from "./clock";

/** A slot while it is edited: known by an id, and perhaps not valid yet. */
export interface DraftSlot extends WeeklySlot {
  id: string;
  /** What was typed for an edge and is no time: it stays to be mended, and the edge where it was. */
  unreadable?: Partial<Record<Edge, string>>;
}

export type Edge = "start" | "end";

/** Text in the field of an edge that is being typed: it has not been read yet. */
export interface Typing {
  id: string;
  edge: Edge;
  text: string;
}

/** What the pointer and the arrow keys go by, in minutes. */
export const step = 15;

/** How much a click, or Enter on the grid, adds. */
const usualLength = 60;
const workday = { startMinute: 9 * 60, endMinute: 17 * 60 };

let lastId = 0;

export function newDraftSlot({ dayOfWeek, startMinute, endMinute }: WeeklySlot): DraftSlot {
  lastId += 1;
  return { id: `slot-${lastId}`, dayOfWeek, startMinute, endMinute };
}

export function draftOf(slots: readonly WeeklySlot[]): DraftSlot[] {
  return sortSlots(slots).map(newDraftSlot);
}

/** What many begin with: Monday to Friday, nine to five. */
export function workingWeek(): DraftSlot[] {
  return [1, 2, 3, 4, 5].map((dayOfWeek) => newDraftSlot({ dayOfWeek, ...workday }));
}

/** By day, then start. Only where no field of a row is being typed in: rows would move under the hands. */
export function sortDraft(slots: readonly DraftSlot[]): DraftSlot[] {
  return sortSlots(slots) as DraftSlot[];
}

export function isSameWeek(a: readonly WeeklySlot[], b: readonly WeeklySlot[]): boolean {
  const spell = (slots: readonly WeeklySlot[]) =>
    sortSlots(slots)
      .map(({ dayOfWeek, startMinute, endMinute }) => `${dayOfWeek} ${startMinute} ${endMinute}`)
      .join();
  return spell(a) === spell(b);
}

export type Problem = { kind: "unreadable"; text: string } | { kind: "order" } | { kind: "overlap"; other: WeeklySlot };

/** Why a slot cannot stand among the others, or null. `id` is that of the slot itself where it is one of them. */
export function problemWith(slot: WeeklySlot, slots: readonly DraftSlot[], id: string | null = null): Problem | null {
  if (slot.startMinute >= slot.endMinute) return { kind: "order" };
  const other = slots.find((candidate) => candidate.id !== id && areOverlapping(slot, candidate));
  return other === undefined ? null : { kind: "overlap", other };
}

/** Every slot that cannot be saved as it is: of two that overlap, both. */
export function problemsOf(slots: readonly DraftSlot[]): Map<string, Problem> {
  return new Map(
    slots.flatMap((slot) => {
      const text = slot.unreadable?.start ?? slot.unreadable?.end;
      const problem = text === undefined ? problemWith(slot, slots, slot.id) : ({ kind: "unreadable", text } as const);
      return problem === null ? [] : [[slot.id, problem] as const];
    }),
  );
}

export function minuteOf(slot: WeeklySlot, edge: Edge): number {
  return edge === "start" ? slot.startMinute : slot.endMinute;
}

/** What was typed for an edge of a slot, as a minute of the day; null where it is no time. */
export function readTyped(
  slot: WeeklySlot,
  { edge, text }: Pick<Typing, "edge" | "text">,
  clock: Clock,
): number | null {
  return clock.parse(text, edge === "end" ? { isEnd: true, after: slot.startMinute } : { isEnd: false });
}

/** The week with what was typed read into it. What is no time stays as text, and the edge where it was. */
export function withTyped(slots: readonly DraftSlot[], typing: Typing, clock: Clock): DraftSlot[] {
  return slots.map((slot) => {
    if (slot.id !== typing.id) return slot;
    const minute = readTyped(slot, typing, clock);
    if (minute !== null) return withEdge(slot, typing.edge, minute);
    return { ...slot, unreadable: { ...slot.unreadable, [typing.edge]: typing.text.trim() } };
  });
}

/** The slot with an edge at a minute, whether it can stand there or not. */
export function withEdge(slot: DraftSlot, edge: Edge, minute: number): DraftSlot {
  const { [edge]: _, ...unreadable } = slot.unreadable ?? {};
  return { ...slot, [edge === "start" ? "startMinute" : "endMinute"]: minute, unreadable };
}

export function snap(minute: number): number {
  return Math.round(minute / step) * step;
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** The slot moved to another day and start, as long as before, within the day. */
export function movedTo(slot: WeeklySlot, dayOfWeek: number, startMinute: number): WeeklySlot {
  const length = slot.endMinute - slot.startMinute;
  const start = clamp(startMinute, 0, minutesPerDay - length);
  return { dayOfWeek, startMinute: start, endMinute: start + length };
}

/** The slot with one edge at another minute; the other edge stays, at least one step away. */
export function stretchedTo(slot: WeeklySlot, edge: Edge, minute: number): WeeklySlot {
  return edge === "start"
    ? { ...slot, startMinute: clamp(minute, 0, slot.endMinute - step) }
    : { ...slot, endMinute: clamp(minute, slot.startMinute + step, minutesPerDay) };
}

/** The next minute on the raster in a direction, so that odd times such as 9:07 fall into step. */
export function nextStep(minute: number, direction: -1 | 1): number {
  return direction === 1 ? (Math.floor(minute / step) + 1) * step : (Math.ceil(minute / step) - 1) * step;
}

/** An hour from a minute on, cut short by what follows; null where it is taken already. */
export function hourFrom(slots: readonly DraftSlot[], dayOfWeek: number, startMinute: number): WeeklySlot | null {
  const own = slots.filter((slot) => slot.dayOfWeek === dayOfWeek && slot.endMinute > startMinute);
  const nextStart = Math.min(minutesPerDay, ...own.map((slot) => slot.startMinute));
  const endMinute = Math.min(startMinute + usualLength, nextStart);
  return endMinute > startMinute ? { dayOfWeek, startMinute, endMinute } : null;
}

/** Where a day's next hours could be: a working day on an empty one, else after the last, else in the first gap. */
export function placeForMore(slots: readonly DraftSlot[], dayOfWeek: number): WeeklySlot | null {
  const own = sortSlots(slots.filter((slot) => slot.dayOfWeek === dayOfWeek));
  if (own.length === 0) return { dayOfWeek, ...workday };
  const ends = [own.at(-1)?.endMinute ?? 0, 0, ...own.map(({ endMinute }) => endMinute)];
  for (const end of ends) {
    // An hour's break where the day has room for one.
    const candidates = [snap(end + usualLength), end].filter((start) => start < minutesPerDay);
    for (const start of candidates) {
      const place = hourFrom(slots, dayOfWeek, start);
      if (place !== null && place.endMinute - place.startMinute >= step) return place;
    }
  }
  return null;
}

/** The week with one day's hours on others too, in place of what those had. */
export function withDayCopied(slots: readonly DraftSlot[], from: number, to: readonly number[]): DraftSlot[] {
  const targets = to.filter((day) => day !== from);
  const kept = slots.filter(({ dayOfWeek }) => !targets.includes(dayOfWeek));
  const copies = targets.flatMap((dayOfWeek) =>
    slots.filter((slot) => slot.dayOfWeek === from).map((slot) => newDraftSlot({ ...slot, dayOfWeek })),
  );
  return sortDraft([...kept, ...copies]);
}
