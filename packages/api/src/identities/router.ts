import { noInput, nothing } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import { identity, identityInput, identityList, offeredProviderList } from "./schema";
import { listIdentities, listProviders, removeIdentity, verifyIdentity } from "./service";

export const identitiesRouter = router({
  providers: publicly({ summary: "List the providers with which one can sign in" })
    .input(noInput)
    .output(offeredProviderList)
    .query(({ ctx }) => listProviders(ctx.deps)),

  list: signedIn({
    summary: "List the linked accounts of the signed-in user, the oldest first",
    credentials: "session",
  })
    .input(noInput)
    .output(identityList)
    .query(({ ctx }) => listIdentities(ctx.deps, ctx.actor)),

  remove: signedIn({
    summary: "Remove a linked account",
    description: "The last way to sign in cannot be removed.",
    credentials: "session",
    errors: ["not_found", "conflict"],
  })
    .input(identityInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeIdentity(ctx.deps, ctx.actor, input)),

  verify: signedIn({
    summary: "Ask a provider again whose account a linked one is",
    description: "Brings name, picture and address up to date. Refused where the provider accepts the link no more.",
    credentials: "session",
    errors: ["not_found", "unavailable"],
  })
    .input(identityInput)
    .output(identity)
    .mutation(({ ctx, input }) => verifyIdentity(ctx.deps, ctx.actor, input)),
});
