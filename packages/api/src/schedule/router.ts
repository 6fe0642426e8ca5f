import { noInput } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import { publicWeek, publicWeekInput } from "./openings/schema";
import { getPublicWeek } from "./openings/service";
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
    errors: ["precondition_failed"],
  })
    .input(saveLocalWeekInput)
    .output(localWeek)
    .mutation(({ ctx, input }) => saveLocalWeek(ctx.deps, ctx.actor, input)),

  publicWeek: publicly({
    summary: "Tell when a host is there in the days from now on",
    description: "As instants, the same in every zone, for seven whole calendar days in each.",
    errors: ["not_found", "moved"],
  })
    .input(publicWeekInput)
    .output(publicWeek)
    .query(({ ctx, input }) => getPublicWeek(ctx.deps, input)),
});
