import { router, signedIn } from "../trpc";
import { bookingFileInput, calendarFile } from "./schema";
import { getBookingFile } from "./service";

export const calendarsRouter = router({
  bookingFile: signedIn({
    summary: "Download a booking as a calendar file",
    description: "iCalendar, for either side. The same booking keeps its UID; each change raises its SEQUENCE.",
    errors: ["not_found"],
  })
    .input(bookingFileInput)
    .output(calendarFile)
    .query(({ ctx, input }) => getBookingFile(ctx.deps, ctx.actor, input)),
});
