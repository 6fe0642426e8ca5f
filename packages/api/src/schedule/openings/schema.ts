import { z } from "zod";
import { instant } from "../../primitives";
import { usernameLookup } from "../../profile/schema";

export const publicWeekInput = z.object({ username: usernameLookup });

/** A stretch of time in which a host is there. The end is not part of it. */
export const opening = z.object({ start: instant, end: instant }).meta({ id: "Opening" });

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
