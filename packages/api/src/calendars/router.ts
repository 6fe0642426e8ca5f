import { noInput, nothing } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import {
  addExternalCalendarInput,
  externalCalendar,
  externalCalendarInput,
  externalCalendarList,
} from "./external/schema";
import {
  addExternalCalendar,
  listExternalCalendars,
  refreshExternalCalendar,
  removeExternalCalendar,
} from "./external/service";
import { calendarFeeds, feedFileInput, resetFeedInput } from "./feeds/schema";
import { getFeedFile, getFeeds, resetFeed } from "./feeds/service";
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

  feeds: signedIn({
    summary: "Retrieve the secret addresses under which calendars can subscribe to one's bookings",
    description: "Whoever knows an address can read what is behind it. `host` is null for those who are no hosts.",
  })
    .input(noInput)
    .output(calendarFeeds)
    .query(({ ctx }) => getFeeds(ctx.deps, ctx.actor)),

  resetFeed: signedIn({
    summary: "Give a feed a new secret address",
    description: "The former address is not found any more.",
    errors: ["forbidden"],
  })
    .input(resetFeedInput)
    .output(calendarFeeds)
    .mutation(({ ctx, input }) => resetFeed(ctx.deps, ctx.actor, input)),

  feedFile: publicly({
    summary: "Read a feed of bookings as a calendar file",
    description: "The bookings of the last 90 days and all to come, cancelled ones marked as such.",
    errors: ["not_found"],
  })
    .input(feedFileInput)
    .output(calendarFile)
    .query(({ ctx, input }) => getFeedFile(ctx.deps, input)),

  externalCalendars: signedIn({ summary: "List the calendars kept elsewhere whose busy times close openings" })
    .input(noInput)
    .output(externalCalendarList)
    .query(({ ctx }) => listExternalCalendars(ctx.deps, ctx.actor)),

  addExternalCalendar: signedIn({
    summary: "Subscribe to a calendar kept elsewhere",
    description:
      "A public https, http or webcal address of an iCalendar file of at most 2 MB. It is read at once, and again every " +
      "quarter of an hour. The address is not shown again.",
    errors: ["conflict"],
    limit: "externalCalendar",
  })
    .input(addExternalCalendarInput)
    .output(externalCalendar)
    .mutation(({ ctx, input }) => addExternalCalendar(ctx.deps, ctx.actor, input)),

  removeExternalCalendar: signedIn({
    summary: "Remove a calendar kept elsewhere, and its busy times",
    errors: ["not_found"],
  })
    .input(externalCalendarInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeExternalCalendar(ctx.deps, ctx.actor, input)),

  refreshExternalCalendar: signedIn({
    summary: "Read a calendar kept elsewhere now",
    description: "Where that fails, `failure` says why, and the last good copy goes on counting.",
    errors: ["not_found"],
    limit: "externalCalendar",
  })
    .input(externalCalendarInput)
    .output(externalCalendar)
    .mutation(({ ctx, input }) => refreshExternalCalendar(ctx.deps, ctx.actor, input)),
});
