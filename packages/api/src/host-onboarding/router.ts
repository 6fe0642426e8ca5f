import { noInput } from "../primitives";
import { ownProfile } from "../profile/schema";
import { forRoles, router, signedIn } from "../trpc";
import {
  ageDocument,
  ageVerification,
  ageVerificationId,
  ageVerificationPage,
  ageVerificationRequest,
  listAgeVerificationsInput,
  rejectAgeVerificationInput,
  submitAgeVerificationInput,
} from "./age-verification/schema";
import {
  approveAgeVerification,
  getAgeDocument,
  getAgeVerification,
  listAgeVerifications,
  rejectAgeVerification,
  submitAgeVerification,
} from "./age-verification/service";
import { available, becomeHostInput, billingWindow, plannedRate, rate, setAvailableInput } from "./schema";
import { becomeHost, planRate, setAvailable, setRate, setWindow } from "./service";

export const hostOnboardingRouter = router({
  ageVerification: signedIn({ summary: "Retrieve where the signed-in user's age verification stands" })
    .input(noInput)
    .output(ageVerification)
    .query(({ ctx }) => getAgeVerification(ctx.deps, ctx.actor)),

  submitAgeVerification: signedIn({
    summary: "Submit a document that proves one's age",
    description: "JPEG, PNG, WebP or PDF of at most 10 MB, seen by administrators alone and deleted once decided.",
    errors: ["conflict"],
  })
    .input(submitAgeVerificationInput)
    .output(ageVerification)
    .mutation(({ ctx, input }) => submitAgeVerification(ctx.deps, ctx.actor, input)),

  ageVerifications: forRoles(["admin"], { summary: "List requests for age verification" })
    .input(listAgeVerificationsInput)
    .output(ageVerificationPage)
    .query(({ ctx, input }) => listAgeVerifications(ctx.deps, input)),

  ageDocument: forRoles(["admin"], {
    summary: "Retrieve the document of a pending age verification",
    errors: ["not_found"],
  })
    .input(ageVerificationId)
    .output(ageDocument)
    .query(({ ctx, input }) => getAgeDocument(ctx.deps, input)),

  approveAgeVerification: forRoles(["admin"], {
    summary: "Approve an age verification",
    description: "The document is deleted and the person is told by mail.",
    errors: ["not_found", "conflict"],
  })
    .input(ageVerificationId)
    .output(ageVerificationRequest)
    .mutation(({ ctx, input }) => approveAgeVerification(ctx.deps, ctx.actor, input)),

  rejectAgeVerification: forRoles(["admin"], {
    summary: "Reject an age verification",
    description: "The document is deleted and the person is told the reason by mail; they may submit another.",
    errors: ["not_found", "conflict"],
  })
    .input(rejectAgeVerificationInput)
    .output(ageVerificationRequest)
    .mutation(({ ctx, input }) => rejectAgeVerification(ctx.deps, ctx.actor, input)),

  becomeHost: forRoles(["user", "verified_user", "host"], {
    summary: "Become a host",
    description: "E-mail address and age must be verified first.",
    errors: ["forbidden", "conflict"],
  })
    .input(becomeHostInput)
    .output(ownProfile)
    .mutation(({ ctx, input }) => becomeHost(ctx.deps, ctx.actor, input)),

  planRate: forRoles(["user", "verified_user"], {
    summary: "Keep the rate and the window to begin with as a host",
    description: "Shown to nobody else. A host changes them by `setRate` and `setWindow`.",
    errors: ["conflict"],
  })
    .input(plannedRate)
    .output(plannedRate)
    .mutation(({ ctx, input }) => planRate(ctx.deps, ctx.actor, input)),

  setRate: forRoles(["host", "admin"], { summary: "Set the host's per-minute rate in US dollars" })
    .input(rate)
    .output(rate)
    .mutation(({ ctx, input }) => setRate(ctx.deps, ctx.actor, input)),

  setWindow: forRoles(["host"], { summary: "Set the host's billing window in minutes" })
    .input(billingWindow)
    .output(billingWindow)
    .mutation(({ ctx, input }) => setWindow(ctx.deps, ctx.actor, input)),

  setAvailable: forRoles(["host"], {
    summary: "Go online or offline",
    description: "Without `isAvailable` the present state flips. Available hosts come first in search.",
  })
    .input(setAvailableInput)
    .output(available)
    .mutation(({ ctx, input }) => setAvailable(ctx.deps, ctx.actor, input)),
});
