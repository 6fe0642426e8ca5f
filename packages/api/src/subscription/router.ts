import { noInput } from "../primitives";
import { forRoles, router, signedIn } from "../trpc";
import { grantInput, ownSubscription, subscriberInput } from "./schema";
import { endSubscription, getOwnSubscription, grantSubscription } from "./service";

export const subscriptionRouter = router({
  own: signedIn({ summary: "Retrieve the signed-in user's subscription" })
    .input(noInput)
    .output(ownSubscription)
    .query(({ ctx }) => getOwnSubscription(ctx.deps, ctx.actor)),

  grant: forRoles(["admin"], {
    summary: "Grant a plan to a person",
    description: "It begins now and runs for one term; a plan in force ends. Renewed while its owner wants it to be.",
    errors: ["not_found"],
  })
    .input(grantInput)
    .output(ownSubscription)
    .mutation(({ ctx, input }) => grantSubscription(ctx.deps, ctx.actor, input)),

  end: forRoles(["admin"], { summary: "End a person's plan at once", errors: ["not_found"] })
    .input(subscriberInput)
    .output(ownSubscription)
    .mutation(({ ctx, input }) => endSubscription(ctx.deps, input)),
});
