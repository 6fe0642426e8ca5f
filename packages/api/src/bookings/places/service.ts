import type { Actor } from "@parley/auth";
import { conflict, type DomainError, invalid, notFound } from "../../errors";
import { accountGone, type ProfileDependencies } from "../../profile/service";
import { findHours, type HoursDependencies } from "../../schedule/hours/service";
import type { HostHours } from "../../schedule/openings/rules";
import { findNextOpenings, type OpeningsDependencies } from "../../schedule/openings/service";
import { endOf, minutesBetween } from "../rules";
import type { Place as WantedPlace } from "../schema";
import type { Place, PlaceRefusal } from "./store";

export type PlaceDependencies = ProfileDependencies & OpeningsDependencies & HoursDependencies;

/** How many openings whoever comes too late is told of. */
const freshOpenings = 5;

/** A place, and its host's hours and rules as they were a moment ago. */
export interface FoundPlace extends Place {
  hours: HostHours;
}

/**
 * What is asked for, as the store knows it.
 * @throws validation_error for a start that has passed and for one's own page; not_found.
 */
export async function findPlace(
  deps: PlaceDependencies,
  actor: Actor | null,
  wanted: WantedPlace,
): Promise<FoundPlace> {
  const start = new Date(wanted.start);
  const now = deps.clock();
  requireAhead(start, now);
  const end = new Date(endOf(start.getTime(), wanted.durationMinutes));
  const hours = await findHours(deps, wanted.hostUsername);
  if (hours.hostId === actor?.userId) throw invalid({ hostUsername: "must be another person's" });
  return { hostId: hours.hostId, start, end, hours };
}

/** @throws validation_error */
export function requireAhead(start: Date, now: Date): void {
  if (start.getTime() <= now.getTime()) throw invalid({ start: "must lie in the future" });
}

/**
 * The refusal that a place's outcome stands for; where it is not open, with openings that are. `isOwnTime` false: whoever
 * asks does so for the caller, about whose time nothing else is said.
 */
export async function placeRefused(
  deps: PlaceDependencies,
  place: Place,
  { outcome }: PlaceRefusal,
  isOwnTime = true,
): Promise<DomainError> {
  switch (outcome) {
    case "no_such_host":
      return notFound("Host");
    case "not_offered":
      return invalid({ durationMinutes: "is not a length that this host offers" });
    case "no_such_caller":
      return accountGone();
    case "caller_busy":
      return isOwnTime
        ? conflict("You have something else at that time", { start: "overlaps another booking of yours" })
        : conflict("The caller is not free at that time", { start: "is when the caller has something else" });
    case "not_open": {
      const { hostId, start, end } = place;
      const durationMinutes = minutesBetween(start, end);
      const wanted = { hostId, start: start.getTime(), durationMinutes, limit: freshOpenings };
      return conflict("That time is no longer open", { start: notOpen(await findNextOpenings(deps, wanted)) });
    }
  }
}

function notOpen(next: readonly number[]): string {
  if (next.length === 0) return "is no longer open; there are no other openings";
  const instants = next.map((start) => new Date(start).toISOString().replace(".000Z", "Z"));
  return `is no longer open; the next openings are ${instants.join(", ")}`;
}
