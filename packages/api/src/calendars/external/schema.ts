import { z } from "zod";
import { id, instant, text } from "../../primitives";

/** The most that one person may have; each is fetched every quarter of an hour. */
export const maxExternalCalendars = 5;

/** A calendar kept elsewhere, whose busy times close openings. Its address is a secret, and shown to nobody again. */
export const externalCalendar = z
  .object({
    id,
    name: z.string(),
    /** The server it comes from. */
    host: z.string(),
    /** When the last good copy was read; it counts until there is another. */
    fetchedAt: instant.nullable(),
    /** When and why the last attempt failed; both null where it did not. */
    failedAt: instant.nullable(),
    failure: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: "ExternalCalendar" });
export type ExternalCalendar = z.infer<typeof externalCalendar>;

export const externalCalendarList = z
  .object({ calendars: z.array(externalCalendar) })
  .meta({ id: "ExternalCalendars" });
export type ExternalCalendarList = z.infer<typeof externalCalendarList>;

export const addExternalCalendarInput = z.object({
  name: text({ min: 1, max: 80 }),
  /** `https:`, `http:` or `webcal:`, which is https by another name. */
  url: text({ min: 1, max: 2_000 }),
});
export type AddExternalCalendar = z.infer<typeof addExternalCalendarInput>;

export const externalCalendarInput = z.object({ id });
