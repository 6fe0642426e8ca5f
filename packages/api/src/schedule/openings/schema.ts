import { z } from "zod";
import { cents, id, instant, pageOf, pageRequest } from "../../primitives";
import { publicProfile, usernameLookup } from "../../profile/schema";
import { maxPeriodDays } from "./rules";

export const publicWeekInput = z.object({ username: usernameLookup });

/** A stretch of time in which a host is there, or one that can be booked. The end is not part of it. */
const opening = z.object({ start: instant, end: instant }).meta({ id: "Opening" });

/**
 * When a host is there in the eight days from now, as instants: whoever shows them only formats, and in no zone can they
 * become others. Eight, so that seven calendar days are whole in any zone. Sorted and apart. One that has begun keeps its
 * start, up to a week back; none ends after the eight days.
 */
export const publicWeek = z
  .object({
    /** The zone in which the host keeps these hours. */
    timezone: z.string(),
    intervals: z.array(opening),
  })
  .meta({ id: "PublicWeek" });
export type PublicWeek = z.infer<typeof publicWeek>;

const period = z.object({
  /** The earliest start that is asked for. */
  from: instant,
  /** Starts are before this, at most 62 days after `from`. */
  to: instant,
  durationMinutes: z.int().min(1).max(1440),
});

function reportPeriod({ value, issues }: { value: z.infer<typeof period>; issues: z.core.$ZodRawIssue[] }): void {
  const days = (Date.parse(value.to) - Date.parse(value.from)) / (24 * 60 * 60_000);
  const report = (message: string) => issues.push({ code: "custom", message, input: value.to, path: ["to"] });
  if (days <= 0) report("must be after from");
  else if (days > maxPeriodDays) report(`must be at most ${maxPeriodDays} days after from`);
}

export const openingsInput = period.extend({ username: usernameLookup }).check(reportPeriod);
export type OpeningsInput = z.infer<typeof openingsInput>;

/** What can be booked, in order. Each lasts as long as was asked for; they may overlap. */
export const openings = z
  .object({
    openings: z.array(opening),
    /** The zone in which the host keeps hours. */
    timezone: z.string(),
  })
  .meta({ id: "Openings" });
export type Openings = z.infer<typeof openings>;

export const bookingOptionsInput = z.object({ username: usernameLookup });

/** All that a page needs to know of a host before it asks for openings. */
export const bookingOptions = z
  .object({
    hostId: id,
    username: z.string(),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    /** The zone in which the host keeps hours. */
    timezone: z.string(),
    /** Ascending. */
    durations: z.array(z.object({ minutes: z.int(), priceCents: cents })),
    /** How many dates ahead of today's, in the host's zone, may be booked. */
    windowDays: z.int(),
    minimumNoticeMinutes: z.int(),
    requiresConsent: z.boolean(),
    rateCents: cents,
  })
  .meta({ id: "BookingOptions" });
export type BookingOptions = z.infer<typeof bookingOptions>;

export const nextOpeningsInput = z.object({ hostIds: z.array(id).max(100) });

/** Of each host who can be booked within a month, the first start of the shortest length on offer. */
export const nextOpenings = z
  .object({ nextOpenings: z.array(z.object({ hostId: id, start: instant })) })
  .meta({ id: "NextOpenings" });
export type NextOpenings = z.infer<typeof nextOpenings>;

export const freeHostsInput = pageRequest.extend(period.shape).check(reportPeriod);
export type FreeHostsInput = z.infer<typeof freeHostsInput>;

/** Those with an opening in the time asked about, each with its first few. */
export const freeHostsPage = pageOf(
  z.object({ host: publicProfile, openings: z.array(opening) }).meta({ id: "FreeHost" }),
);
export type FreeHostsPage = z.infer<typeof freeHostsPage>;
