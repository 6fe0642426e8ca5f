import { noInput, nothing } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import { bookingRules, saveBookingRulesInput } from "./booking-rules/schema";
import { getBookingRules, saveBookingRules } from "./booking-rules/service";
import {
  bookingOptions,
  bookingOptionsInput,
  freeHostsInput,
  freeHostsPage,
  nextOpenings,
  nextOpeningsInput,
  openings,
  openingsInput,
  publicWeek,
  publicWeekInput,
} from "./openings/schema";
import { getBookingOptions, getOpenings, getPublicWeek, listFreeHosts, listNextOpenings } from "./openings/service";
import {
  dateOverride,
  overrides,
  overridesInput,
  removeOverrideInput,
  savedOverrides,
  saveOverrideInput,
  saveOverridesInput,
} from "./overrides/schema";
import { getOverrides, removeOverride, removeOverrides, saveOverride, saveOverrides } from "./overrides/service";
import { localWeek, saveLocalWeekInput, saveWeeklyInput, weeklyHours } from "./weekly/schema";
import { getLocalWeek, getWeekly, saveLocalWeek, saveWeekly } from "./weekly/service";

export const scheduleRouter = router({
  weekly: signedIn({
    summary: "Retrieve the weekly availability schedule",
    description: "Times are UTC. Hours kept in another zone are shown as they fall in the present week.",
  })
    .input(noInput)
    .output(weeklyHours)
    .query(({ ctx }) => getWeekly(ctx.deps, ctx.actor)),

  saveWeekly: signedIn({
    summary: "Replace the entire weekly availability schedule",
    description: "Times are UTC. A slot may end at 24:00; slots may touch and must not overlap.",
    errors: ["precondition_failed"],
  })
    .input(saveWeeklyInput)
    .output(weeklyHours)
    .mutation(({ ctx, input }) => saveWeekly(ctx.deps, ctx.actor, input)),

  localWeek: signedIn({
    summary: "Retrieve the weekly hours in the zone in which they are kept",
    description: "Times are wall time of `timezone`, as they were saved.",
  })
    .input(noInput)
    .output(localWeek)
    .query(({ ctx }) => getLocalWeek(ctx.deps, ctx.actor)),

  saveLocalWeek: signedIn({
    summary: "Replace the zone and all the weekly hours in it",
    description: "Times are wall time of `timezone`. A slot may end at 24:00; slots may touch and must not overlap.",
    errors: ["precondition_failed", "conflict"],
  })
    .input(saveLocalWeekInput)
    .output(localWeek)
    .mutation(({ ctx, input }) => saveLocalWeek(ctx.deps, ctx.actor, input)),

  overrides: signedIn({
    summary: "Retrieve the dates that have hours of their own",
    description: "From one local date to another, both among them. A date without slots is closed.",
  })
    .input(overridesInput)
    .output(overrides)
    .query(({ ctx, input }) => getOverrides(ctx.deps, ctx.actor, input)),

  saveOverride: signedIn({
    summary: "Give a date hours of its own",
    description: "They replace its weekday's hours. Without slots the date is closed. What is booked stays booked.",
  })
    .input(saveOverrideInput)
    .output(dateOverride)
    .mutation(({ ctx, input }) => saveOverride(ctx.deps, ctx.actor, input)),

  saveOverrides: signedIn({
    summary: "Give every date of a range the same hours of its own",
    description:
      "From one local date to another, both among them: all of them, or none. Without slots they are closed.",
  })
    .input(saveOverridesInput)
    .output(savedOverrides)
    .mutation(({ ctx, input }) => saveOverrides(ctx.deps, ctx.actor, input)),

  removeOverride: signedIn({ summary: "Give a date its weekday's hours back", errors: ["not_found"] })
    .input(removeOverrideInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeOverride(ctx.deps, ctx.actor, input)),

  removeOverrides: signedIn({ summary: "Give all dates of a range their weekday's hours back" })
    .input(overridesInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeOverrides(ctx.deps, ctx.actor, input)),

  bookingRules: signedIn({
    summary: "Retrieve how one may be booked",
    description: "Whoever never set any rules has those that everybody starts with.",
  })
    .input(noInput)
    .output(bookingRules)
    .query(({ ctx }) => getBookingRules(ctx.deps, ctx.actor)),

  saveBookingRules: signedIn({
    summary: "Replace all rules of booking",
    description: "What is booked stays booked.",
    errors: ["precondition_failed"],
  })
    .input(saveBookingRulesInput)
    .output(bookingRules)
    .mutation(({ ctx, input }) => saveBookingRules(ctx.deps, ctx.actor, input)),

  publicWeek: publicly({
    summary: "Tell when a host is there in the days from now on",
    description: "As instants, the same in every zone, for seven whole calendar days in each.",
    errors: ["not_found", "moved"],
  })
    .input(publicWeekInput)
    .output(publicWeek)
    .query(({ ctx, input }) => getPublicWeek(ctx.deps, input)),

  openings: publicly({
    summary: "List when a host can be booked",
    description:
      "Starts from `from` on and before `to`, at most 62 days later. Each can be booked for the length asked about, and no other instant can.",
    errors: ["not_found", "moved"],
  })
    .input(openingsInput)
    .output(openings)
    .query(({ ctx, input }) => getOpenings(ctx.deps, input)),

  bookingOptions: publicly({
    summary: "Tell how a host can be booked",
    errors: ["not_found", "moved"],
  })
    .input(bookingOptionsInput)
    .output(bookingOptions)
    .query(({ ctx, input }) => getBookingOptions(ctx.deps, input)),

  freeHosts: publicly({
    summary: "Find hosts who can be booked within some time",
    description:
      "Starts from `from` on and before `to`, at most 62 days later. Each host comes with the first few openings. Hosts that are available come first; the search is among the first thousand who keep hours.",
  })
    .input(freeHostsInput)
    .output(freeHostsPage)
    .query(({ ctx, input }) => listFreeHosts(ctx.deps, input)),

  nextOpenings: publicly({
    summary: "Tell when some hosts can be booked next",
    description: "For each host who can be booked within a month, the first start of the shortest length on offer.",
  })
    .input(nextOpeningsInput)
    .output(nextOpenings)
    .query(({ ctx, input }) => listNextOpenings(ctx.deps, input)),
});
