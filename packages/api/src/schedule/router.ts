import { noInput } from "../primitives";
import { router, signedIn } from "../trpc";
import { saveWeeklyInput, weeklyHours } from "./weekly/schema";
import { getWeekly, saveWeekly } from "./weekly/service";

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
});
