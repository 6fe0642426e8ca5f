import { invalid, notFound } from "../../errors";
import { usernameGrammar } from "../../profile/rules";
import { getPublicProfile, type ProfileDependencies, withAvatarUrl } from "../../profile/service";
import { bookingRulesBounds } from "../booking-rules/rules";
import { millisecondsPerDay } from "../clocks/rules";
import { type Opening, openingsBetween } from "../weekly/rules";
import { findOpenings, type OpeningsRequest } from "./rules";
import type {
  BookingOptions,
  FreeHostsInput,
  FreeHostsPage,
  NextOpenings,
  Openings,
  OpeningsInput,
  PublicWeek,
} from "./schema";
import type { OpeningStore, Period, StoredHost } from "./store";

export interface OpeningsDependencies extends ProfileDependencies {
  openings: OpeningStore;
  clock(): Date;
}

const daysBack = 7;
/** Today and six more are whole days in any viewer's zone, also where one of them has 25 hours. */
const daysAhead = 8;

/** Among how many hosts, in the directory's order, free ones are looked for. */
const maxHosts = 1_000;
const openingsAHost = 3;

/** How far ahead, of now or of a wanted start, the next openings are looked for. */
const nextDays = 31;

/** When a host is there in the days from now on. @throws not_found; moved, as the public profile does. */
export async function getPublicWeek(deps: OpeningsDependencies, input: { username: string }): Promise<PublicWeek> {
  const now = deps.clock().getTime();
  // Looked for from the past on: what has begun did not begin with the visit.
  const [from, to] = [now - daysBack * millisecondsPerDay, now + daysAhead * millisecondsPerDay];
  const { schedule } = await findHost(deps, input.username, { from, to, now });
  const { timezone, weeklySlots, overrides } = schedule;
  const intervals = openingsBetween(weeklySlots, timezone, from, to, overrides).filter(({ end }) => end > now);
  return { timezone, intervals: intervals.map(toWire) };
}

/**
 * What can be booked with a host, for the time and the length asked about.
 * @throws not_found; moved, as the public profile does; validation_error for a length that the host does not offer.
 */
export async function getOpenings(deps: OpeningsDependencies, input: OpeningsInput): Promise<Openings> {
  const period = periodOf(deps, input);
  const { schedule } = await findHost(deps, input.username, period);
  const { durationsMinutes } = schedule.rules;
  if (!durationsMinutes.includes(input.durationMinutes)) {
    throw invalid({ durationMinutes: `must be one of ${durationsMinutes.join(", ")}` });
  }
  const { durationMinutes } = input;
  return {
    openings: lasting(durationMinutes, { ...schedule, ...period, durationMinutes }),
    timezone: schedule.timezone,
  };
}

/** What may be chosen before a time is. @throws not_found; moved, as the public profile does. */
export async function getBookingOptions(
  deps: OpeningsDependencies,
  input: { username: string },
): Promise<BookingOptions> {
  const now = deps.clock().getTime();
  const { profile, schedule } = await findHost(deps, input.username, { from: now, to: now, now });
  const { id, username, displayName, avatarUrl, ratePerMinuteCents } = withAvatarUrl(deps, profile);
  const { durationsMinutes, windowDays, minimumNoticeMinutes, requiresConsent } = schedule.rules;
  return {
    hostId: id,
    username,
    displayName,
    avatarUrl,
    timezone: schedule.timezone,
    durations: durationsMinutes.map((minutes) => ({ minutes, priceCents: minutes * ratePerMinuteCents })),
    windowDays,
    minimumNoticeMinutes,
    requiresConsent,
    rateCents: ratePerMinuteCents,
  };
}

/** Who among the hosts can be booked in the time asked about, for the length asked about, and when first. */
export async function listFreeHosts(deps: OpeningsDependencies, input: FreeHostsInput): Promise<FreeHostsPage> {
  const { page, perPage, durationMinutes } = input;
  const period = periodOf(deps, input);
  const hosts = await deps.openings.listHosts(period, maxHosts);
  const free = hosts.flatMap(({ profile, schedule }) => {
    const openings = lasting(durationMinutes, { ...schedule, ...period, durationMinutes, limit: openingsAHost });
    return openings.length === 0 ? [] : [{ profile, openings }];
  });
  return {
    items: free
      .slice((page - 1) * perPage, page * perPage)
      .map(({ profile, openings }) => ({ host: withAvatarUrl(deps, profile), openings })),
    page,
    perPage,
    total: free.length,
  };
}

/** When each of some hosts can be booked next, for however short: what a list of hosts shows beside each. */
export async function listNextOpenings(
  deps: OpeningsDependencies,
  { hostIds }: { hostIds: readonly string[] },
): Promise<NextOpenings> {
  const now = deps.clock().getTime();
  const period = { now, from: now, to: now + nextDays * millisecondsPerDay };
  const schedules = hostIds.length === 0 ? [] : await deps.openings.findSchedules(hostIds, period);
  const nextOpenings = [...schedules].flatMap(([hostId, schedule]) => {
    const durationMinutes = Math.min(...schedule.rules.durationsMinutes);
    const [start] = findOpenings({ ...schedule, ...period, durationMinutes, limit: 1 });
    return start === undefined ? [] : [{ hostId, start: new Date(start).toISOString() }];
  });
  return { nextOpenings };
}

/**
 * The next starts that can be booked at or after a wanted one, or else from now on: what to tell somebody who came too
 * late. Milliseconds since the epoch, in order; none where the host has none.
 */
export async function findNextOpenings(
  deps: Pick<OpeningsDependencies, "openings" | "clock">,
  { hostId, start, durationMinutes, limit }: { hostId: string; start: number; durationMinutes: number; limit: number },
): Promise<number[]> {
  const now = deps.clock().getTime();
  const to = Math.max(now, start) + nextDays * millisecondsPerDay;
  const schedule = await deps.openings.findSchedule(hostId, { from: now, to, now });
  if (schedule === null) return [];
  const request = { ...schedule, now, to, durationMinutes, limit };
  const later = findOpenings({ ...request, from: Math.max(now, start) });
  return later.length > 0 ? later : findOpenings({ ...request, from: now });
}

/** A host with all that decides when they can be booked. @throws not_found; moved, as the public profile does. */
async function findHost(
  deps: Omit<OpeningsDependencies, "clock">,
  username: string,
  period: Period,
): Promise<StoredHost> {
  // What cannot be a username is nobody's, and need not trouble the database.
  const host = usernameGrammar.test(username) ? await deps.openings.findHostByUsername(username, period) : null;
  if (host !== null) return host;
  // Tells whether nobody had that name, or somebody who has another now.
  await getPublicProfile(deps, { username });
  throw notFound("Host");
}

/** The part of a time asked about in which anything may be booked at all: not what is past, nor beyond any window. */
function periodOf({ clock }: OpeningsDependencies, asked: { from: string; to: string }): Period {
  const now = clock().getTime();
  const horizon = now + (bookingRulesBounds.windowDays.max + 2) * millisecondsPerDay;
  const from = Math.min(Math.max(Date.parse(asked.from), now), horizon);
  return { from, to: Math.min(Math.max(Date.parse(asked.to), from), horizon), now };
}

function lasting(minutes: number, request: OpeningsRequest): { start: string; end: string }[] {
  return findOpenings(request).map((start) => toWire({ start, end: start + minutes * 60_000 }));
}

function toWire({ start, end }: Opening): { start: string; end: string } {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}
