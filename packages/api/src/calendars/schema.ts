import { z } from "zod";
import { binary, id } from "../primitives";

export const bookingFileInput = z.object({ id });

/** An iCalendar file. */
export const calendarFile = z.object({ bytes: binary, contentType: z.literal("text/calendar; charset=utf-8") });
export type CalendarFile = z.infer<typeof calendarFile>;
