import { z } from "zod";
import { noInput } from "../primitives";
import { forRoles, router, signedIn } from "../trpc";
import { grantInput, knownPlans, ownSubscription, planOfPerson, plansOfPeopleInput, subscriberInput } from "./schema";
import { endSubscription, getOwnSubscription, grantSubscription, listKnownPlans, listPlansOfPeople } from "./service";

export const subscriptionRouter = router({
  own: signedIn({ summary: "Retrieve the signed-in user's subscription" })
    .input(noInput)
    .output(ownSubscription)
    .query(({ ctx }) => getOwnSubscription(ctx.deps, ctx.actor)),

  ofPeople: forRoles(["admin"], { summary: "List the plans that the people named have, or had last" })
    .input(plansOfPeopleInput)
    .output(z.array(planOfPerson))
    .query(({ ctx, input }) => listPlansOfPeople(ctx.deps, input)),

  known: forRoles(["admin"], { summary: "List the plans granted of late, each as it was granted last" })
    .input(noInput)
    .output(knownPlans)
    .query(({ ctx }) => listKnownPlans(ctx.deps)),

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
