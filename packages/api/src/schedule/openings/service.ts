import { getPublicProfile, type ProfileDependencies } from "../../profile/service";
import type { ScheduleStore } from "../store";
import { openingsBetween } from "../weekly/rules";
import type { PublicWeek } from "./schema";

export interface OpeningsDependencies extends ProfileDependencies {
  schedules: ScheduleStore;
  clock(): Date;
}

const millisecondsPerDay = 24 * 60 * 60_000;
const daysBack = 7;
/** Today and six more are whole days in any viewer's zone, also where one of them has 25 hours. */
const daysAhead = 8;

/** When a host is there in the days from now on. @throws not_found; moved, as the public profile does. */
export async function getPublicWeek(deps: OpeningsDependencies, input: { username: string }): Promise<PublicWeek> {
  const { id } = await getPublicProfile(deps, input);
  const schedule = await deps.schedules.find(id);
  if (schedule === null) return { timezone: "UTC", intervals: [] };
  const { slots, timezone } = schedule;
  const now = deps.clock().getTime();
  // Looked for from the past on: what has begun did not begin with the visit.
  const [from, to] = [now - daysBack * millisecondsPerDay, now + daysAhead * millisecondsPerDay];
  const intervals = openingsBetween(slots, timezone, from, to)
    .filter(({ end }) => end > now)
    .map(({ start, end }) => ({ start: new Date(start).toISOString(), end: new Date(end).toISOString() }));
  return { timezone, intervals };
}
