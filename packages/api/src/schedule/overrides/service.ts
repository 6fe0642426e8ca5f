import type { Actor } from "@parley/auth";
import { invalid, notFound } from "../../errors";
import { accountGone } from "../../profile/service";
import { type DaySlot, datesBetween, daysFrom, maxDaysFromToday, sortDaySlots } from "./rules";
import type { Overrides, OverridesRange, SavedOverride, SavedOverrides, SaveOverride, SaveOverrides } from "./schema";
import type { OverrideStore } from "./store";

export interface OverridesDependencies {
  overrides: OverrideStore;
  clock(): Date;
}

/** The caller's dates with hours of their own, of a range of which both ends are part. */
export async function getOverrides(
  deps: OverridesDependencies,
  actor: Actor,
  { from, to }: OverridesRange,
): Promise<Overrides> {
  const found = await deps.overrides.find(actor.userId, from, to);
  if (found === null) return { overrides: [], timezone: "UTC" };
  return {
    overrides: found.overrides.map(({ date, slots }) => ({ date, slots: [...slots] })),
    timezone: found.timezone,
  };
}

/** Replaces a date's hours by these; by none, the date is closed. What is booked already stays booked. */
export async function saveOverride(
  deps: OverridesDependencies,
  actor: Actor,
  { date, slots }: SaveOverride,
): Promise<SavedOverride> {
  refuseFarDates(deps, { date });
  const sorted = sortDaySlots(slots);
  await replace(deps, actor, [date], sorted);
  return { date, slots: sorted };
}

/** Replaces the hours of all dates of a range, of which both ends are part: all of them, or none. */
export async function saveOverrides(
  deps: OverridesDependencies,
  actor: Actor,
  { from, to, slots }: SaveOverrides,
): Promise<SavedOverrides> {
  refuseFarDates(deps, { from, to });
  const sorted = sortDaySlots(slots);
  const dates = datesBetween(from, to);
  await replace(deps, actor, dates, sorted);
  return { overrides: dates.map((date) => ({ date, slots: sorted })) };
}

/** Gives a date its weekday's hours back. @throws not_found where it has them. */
export async function removeOverride(
  deps: OverridesDependencies,
  actor: Actor,
  { date }: { date: string },
): Promise<void> {
  const removed = await deps.overrides.remove(actor.userId, date, date);
  if (removed === 0) throw notFound("Override");
}

/** Gives all dates of a range, of which both ends are part, their weekday's hours back, whichever had others. */
export async function removeOverrides(
  deps: OverridesDependencies,
  actor: Actor,
  { from, to }: OverridesRange,
): Promise<void> {
  await deps.overrides.remove(actor.userId, from, to);
}

async function replace(
  deps: OverridesDependencies,
  actor: Actor,
  dates: readonly string[],
  slots: readonly DaySlot[],
): Promise<void> {
  const outcome = await deps.overrides.replace(actor.userId, dates, slots);
  if (outcome === "overlapping") throw invalid({ slots: "must not overlap" });
  if (outcome === "gone") throw accountGone();
}

/** The day may be another where the caller is; so long ahead, it makes no difference. */
function refuseFarDates({ clock }: OverridesDependencies, dates: Record<string, string>): void {
  const today = clock().toISOString().slice(0, 10);
  const far = Object.entries(dates).filter(([, date]) => Math.abs(daysFrom(today, date)) > maxDaysFromToday);
  if (far.length === 0) return;
  throw invalid(Object.fromEntries(far.map(([field]) => [field, "must be within three years of today"])));
}
