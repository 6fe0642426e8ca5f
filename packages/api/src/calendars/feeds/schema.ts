import { z } from "zod";
import { opaqueToken } from "../../primitives";

/** The secret addresses of one's bookings, for calendars to subscribe to: those one hosts, and those one made. */
export const calendarFeeds = z
  .object({
    /** Null for those who are no hosts. */
    host: z.string().nullable(),
    caller: z.string(),
  })
  .meta({ id: "CalendarFeeds" });
export type CalendarFeeds = z.infer<typeof calendarFeeds>;

export const resetFeedInput = z.object({ party: z.enum(["host", "caller"]) });
export type ResetFeed = z.infer<typeof resetFeedInput>;

export const feedFileInput = z.object({ token: opaqueToken });
