import { getPublicProfile, type ProfileDependencies } from "../../profile/service";
import type { ScheduleStore } from "../store";
import { openingsBetween } from "../weekly/rules";
import type { PublicWeek } from "./schema";

export interface OpeningsDependencies extends ProfileDependencies {
  schedules: ScheduleStore;
  clock(): Date;
}

const millisecondsPerWeek = 7 * 24 * 60 * 60_000;

/** When a host is there in the seven days from now. @throws not_found; moved, as the public profile does. */
export async function getPublicWeek(deps: OpeningsDependencies, input: { username: string }): Promise<PublicWeek> {
  const { id } = await getPublicProfile(deps, input);
  const schedule = await deps.schedules.find(id);
  if (schedule === null) return { timezone: "UTC", intervals: [] };
  const { slots, timezone } = schedule;
  const now = deps.clock().getTime();
  // Looked for from a week back: what has begun was not begun by the visit.
  const openings = openingsBetween(slots, timezone, now - millisecondsPerWeek, now + millisecondsPerWeek);
  const intervals = openings
    .filter(({ end }) => end > now)
    .map(({ start, end }) => ({ start: new Date(start).toISOString(), end: new Date(end).toISOString() }));
  return { timezone, intervals };
}
