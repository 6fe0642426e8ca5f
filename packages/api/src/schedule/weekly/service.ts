import type { Actor } from "@parley/auth";
import { conflict, DomainError, invalid } from "../../errors";
import { accountGone } from "../../profile/service";
import type { ScheduleStore } from "../store";
import { projectWeekToUtc, sortSlots, utcWeekStart } from "./rules";
import type { LocalWeek, SaveLocalWeek, SaveWeekly, WeeklyHours } from "./schema";

export interface WeeklyDependencies {
  schedules: ScheduleStore;
  clock(): Date;
}

/** The caller's weekly hours in UTC; those kept in another zone as they fall in the present week. */
export async function getWeekly(deps: WeeklyDependencies, actor: Actor): Promise<WeeklyHours> {
  const schedule = await deps.schedules.find(actor.userId);
  if (schedule === null) return { slots: [], timezone: "UTC", version: 0 };
  const { slots, timezone, version } = schedule;
  // What was saved in UTC reads back exactly: slots that touch stay apart.
  if (timezone === "UTC") return { slots: sortSlots(slots), timezone, version };
  return { slots: projectWeekToUtc(slots, timezone, utcWeekStart(deps.clock())), timezone, version };
}

/** The caller's weekly hours as they were written: wall time of the zone in which they are kept. */
export async function getLocalWeek(deps: WeeklyDependencies, actor: Actor): Promise<LocalWeek> {
  const schedule = await deps.schedules.find(actor.userId);
  if (schedule === null) return { slots: [], timezone: "UTC", version: 0 };
  return { ...schedule, slots: sortSlots(schedule.slots) };
}

/**
 * Replaces all weekly hours by these, which are UTC.
 * @throws precondition_failed when `expectedVersion` is not the present one.
 */
export function saveWeekly(deps: WeeklyDependencies, actor: Actor, input: SaveWeekly): Promise<WeeklyHours> {
  return saveLocalWeek(deps, actor, { ...input, timezone: "UTC" });
}

/**
 * Replaces zone and hours as a whole.
 * @throws precondition_failed when `expectedVersion` is not the present one; conflict when `version` is not.
 */
export async function saveLocalWeek(deps: WeeklyDependencies, actor: Actor, input: SaveLocalWeek): Promise<LocalWeek> {
  const { timezone, version, expectedVersion = version } = input;
  if (version !== expectedVersion && version !== undefined) throw staleVersion();
  const slots = sortSlots(input.slots);
  const result = await deps.schedules.replaceWeek(actor.userId, { timezone, slots }, expectedVersion);
  switch (result.outcome) {
    case "saved":
      return { slots, timezone, version: result.version };
    case "changed":
      throw input.expectedVersion === undefined
        ? staleVersion()
        : new DomainError("precondition_failed", "The weekly hours have changed since they were read");
    case "overlapping":
      throw invalid({ slots: "must not overlap" });
    case "gone":
      throw accountGone();
  }
}

function staleVersion(): DomainError {
  return conflict("The weekly hours have changed since they were read", { version: "is not the present one" });
}
