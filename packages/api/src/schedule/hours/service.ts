import { notFound } from "../../errors";
import type { ProfileDependencies } from "../../profile/service";
import type { HostHours } from "../openings/rules";
import type { HoursStore } from "./store";

export interface HoursDependencies extends Pick<ProfileDependencies, "profiles"> {
  hours: HoursStore;
}

/**
 * A host's hours, by their present username or a former one: whoever books need not know that they were renamed
 * meanwhile.
 * @throws not_found
 */
export async function findHours(deps: HoursDependencies, username: string): Promise<HostHours> {
  const present = await deps.hours.find(username);
  if (present !== null) return present;
  const renamed = await deps.profiles.findMovedUsername(username);
  const hours = renamed === null ? null : await deps.hours.find(renamed);
  if (hours === null) throw notFound("Host");
  return hours;
}
