import { noInput, nothing, pageRequest } from "../primitives";
import { forRoles, publicly, router, signedIn } from "../trpc";
import { findUsersInput, managedUserPage } from "./administration/schema";
import { findUsers } from "./administration/service";
import { apiTokenList, createApiTokenInput, endApiTokenInput, newApiToken } from "./api-tokens/schema";
import { createApiToken, endApiToken, listApiTokens } from "./api-tokens/service";
import { banInput, unbanInput } from "./bans/schema";
import { ban, unban } from "./bans/service";
import { deleteNowInput, deletionAnswer, requestDeletionInput, restoreInput } from "./deletion/schema";
import { deleteNow, requestDeletion, restoreAccount } from "./deletion/service";
import { emailChange, emailChangeTokenInput, pendingEmailChange, requestEmailChangeInput } from "./email-change/schema";
import {
  cancelEmailChange,
  confirmEmailChange,
  getEmailChange,
  requestEmailChange,
  undoEmailChange,
} from "./email-change/service";
import { verificationLink, verifiedAnswer, verifyEmailInput } from "./email-verification/schema";
import { getVerificationLink, resendVerification, verifyEmail } from "./email-verification/service";
import { exportFile } from "./export/schema";
import { exportData } from "./export/service";
import { changePasswordInput, confirmPasswordResetInput, requestPasswordResetInput } from "./password/schema";
import { changePassword, confirmPasswordReset, requestPasswordReset } from "./password/service";
import { registerInput, signedInAnswer, signInInput } from "./schema";
import { register, signIn } from "./service";
import { endSessionInput, refreshInput, sessionPage, signOutInput, tokenPair } from "./sessions/schema";
import { endOtherSessions, endSession, listSessions, refresh, signOut } from "./sessions/service";

export const accountRouter = router({
  register: publicly({
    summary: "Create an account and sign in",
    description: "A mail with a link that verifies the address is sent.",
    errors: ["conflict"],
    limit: "register",
  })
    .input(registerInput)
    .output(signedInAnswer)
    .mutation(({ ctx, input }) => register(ctx.deps, ctx.client, input)),

  signIn: publicly({
    summary: "Sign in with e-mail address and password",
    description: "Of a banned account no more is told than that, and to those alone who know its password.",
    errors: ["invalid_credentials", "forbidden"],
    limit: "login",
  })
    .input(signInInput)
    .output(signedInAnswer)
    .mutation(({ ctx, input }) => signIn(ctx.deps, ctx.client, input)),

  refresh: publicly({
    summary: "Exchange a refresh token for new tokens",
    description: "A refresh token serves once. The return of a used one ends every session of its owner.",
    errors: ["unauthorized"],
  })
    .input(refreshInput)
    .output(tokenPair)
    .mutation(({ ctx, input }) => refresh(ctx.deps, input)),

  signOut: publicly({
    summary: "End the session of a refresh token",
    description: "Always succeeds.",
  })
    .input(signOutInput)
    .output(nothing)
    .mutation(({ ctx, input }) => signOut(ctx.deps, input)),

  verifyEmail: publicly({
    summary: "Verify an e-mail address with the token from its mail",
    description: "The role `user` becomes `verified_user`.",
  })
    .input(verifyEmailInput)
    .output(verifiedAnswer)
    .mutation(({ ctx, input }) => verifyEmail(ctx.deps, input)),

  verificationLink: signedIn({
    summary: "Tell whether the token of a verification mail was sent to somebody else",
    credentials: "session",
  })
    .input(verifyEmailInput)
    .output(verificationLink)
    .query(({ ctx, input }) => getVerificationLink(ctx.deps, ctx.actor, input)),

  resendVerification: signedIn({
    summary: "Send the verification mail again",
    description: "Does nothing where the address is verified.",
  })
    .input(noInput)
    .output(nothing)
    .mutation(({ ctx }) => resendVerification(ctx.deps, ctx.actor)),

  requestPasswordReset: publicly({
    summary: "Ask for a mail with a link that resets the password",
    description: "Answers alike whether the address has an account or not.",
    limit: "passwordReset",
  })
    .input(requestPasswordResetInput)
    .output(nothing)
    .mutation(({ ctx, input }) => requestPasswordReset(ctx.deps, input)),

  confirmPasswordReset: publicly({
    summary: "Set a new password with the token from the mail",
    description: "Ends every session and API token of the account.",
    limit: "passwordReset",
  })
    .input(confirmPasswordResetInput)
    .output(nothing)
    .mutation(({ ctx, input }) => confirmPasswordReset(ctx.deps, input)),

  changePassword: signedIn({
    summary: "Change the password",
    description: "Ends every other session of the account and tells its owner by mail.",
    credentials: "session",
  })
    .input(changePasswordInput)
    .output(nothing)
    .mutation(({ ctx, input }) => changePassword(ctx.deps, ctx.actor, input)),

  sessions: signedIn({
    summary: "List the sessions of the signed-in user, the last active first",
    credentials: "session",
  })
    .input(pageRequest)
    .output(sessionPage)
    .query(({ ctx, input }) => listSessions(ctx.deps, ctx.actor, input)),

  endSession: signedIn({
    summary: "End one session of the signed-in user",
    errors: ["not_found"],
    credentials: "session",
  })
    .input(endSessionInput)
    .output(nothing)
    .mutation(({ ctx, input }) => endSession(ctx.deps, ctx.actor, input)),

  endOtherSessions: signedIn({
    summary: "End every session of the signed-in user but this one",
    credentials: "session",
  })
    .input(noInput)
    .output(nothing)
    .mutation(({ ctx }) => endOtherSessions(ctx.deps, ctx.actor)),

  createApiToken: signedIn({
    summary: "Make an API token, which is shown this once",
    description:
      "Needs the password, or a sign-in of the last 10 minutes. The token does what its scopes allow until it expires or " +
      "is ended; a mail tells the account's owner. At most 50 a person.",
    errors: ["forbidden", "conflict"],
    credentials: "session",
  })
    .input(createApiTokenInput)
    .output(newApiToken)
    .mutation(({ ctx, input }) => createApiToken(ctx.deps, ctx.actor, input)),

  apiTokens: signedIn({ summary: "List the API tokens of the signed-in user", credentials: "session" })
    .input(noInput)
    .output(apiTokenList)
    .query(({ ctx }) => listApiTokens(ctx.deps, ctx.actor)),

  endApiToken: signedIn({
    summary: "End an API token at once",
    errors: ["not_found"],
    credentials: "session",
  })
    .input(endApiTokenInput)
    .output(nothing)
    .mutation(({ ctx, input }) => endApiToken(ctx.deps, ctx.actor, input)),

  findUsers: forRoles(["admin"], { summary: "Find people by e-mail address, name or username" })
    .input(findUsersInput)
    .output(managedUserPage)
    .query(({ ctx, input }) => findUsers(ctx.deps, input)),

  ban: forRoles(["admin"], {
    summary: "Ban a person",
    description:
      "Their sessions and API tokens end at once, nobody sees them, what they have booked is cancelled, and a mail tells " +
      "them, with the reason where there is one. Nobody bans themself or the last administrator.",
    errors: ["not_found", "conflict"],
  })
    .input(banInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ban(ctx.deps, ctx.actor, input)),

  unban: forRoles(["admin"], { summary: "Lift the ban of a person", errors: ["not_found", "conflict"] })
    .input(unbanInput)
    .output(nothing)
    .mutation(({ ctx, input }) => unban(ctx.deps, input)),

  emailChange: signedIn({ summary: "Retrieve the change of address that waits for its confirmation" })
    .input(noInput)
    .output(pendingEmailChange)
    .query(({ ctx }) => getEmailChange(ctx.deps, ctx.actor)),

  requestEmailChange: signedIn({
    summary: "Ask for another e-mail address",
    description:
      "Needs the password, or a sign-in of the last 10 minutes. A mail to the new address asks for its confirmation " +
      "within 24 hours, another tells the old one, with a link that undoes it. A later request replaces an earlier one.",
    errors: ["forbidden", "conflict"],
  })
    .input(requestEmailChangeInput)
    .output(emailChange)
    .mutation(({ ctx, input }) => requestEmailChange(ctx.deps, ctx.actor, input)),

  cancelEmailChange: signedIn({ summary: "Give up a change of address that waits for its confirmation" })
    .input(noInput)
    .output(nothing)
    .mutation(({ ctx }) => cancelEmailChange(ctx.deps, ctx.actor)),

  confirmEmailChange: publicly({
    summary: "Change the e-mail address, by the link in the mail to the new one",
    errors: ["conflict"],
  })
    .input(emailChangeTokenInput)
    .output(emailChange)
    .mutation(({ ctx, input }) => confirmEmailChange(ctx.deps, input)),

  undoEmailChange: publicly({
    summary: "Keep or bring back the former e-mail address, by the link in the mail to it",
    description: "Ends every session and API token: who asked for the change may not have been the owner.",
    errors: ["conflict"],
  })
    .input(emailChangeTokenInput)
    .output(emailChange)
    .mutation(({ ctx, input }) => undoEmailChange(ctx.deps, input)),

  exportData: signedIn({
    summary: "Download everything that is kept of the signed-in user",
    description: "One JSON document, with the avatar in it.",
    credentials: "session",
  })
    .input(noInput)
    .output(exportFile)
    .query(({ ctx }) => exportData(ctx.deps, ctx.actor)),

  requestDeletion: signedIn({
    summary: "Close the account, and delete it for good after 14 days",
    description:
      "Needs the password, or a sign-in of the last 10 minutes. Sessions end and the public page is gone at once; the " +
      "link in the mail brings the account back until everything is deleted.",
    errors: ["forbidden", "conflict"],
    credentials: "session",
  })
    .input(requestDeletionInput)
    .output(deletionAnswer)
    .mutation(({ ctx, input }) => requestDeletion(ctx.deps, ctx.actor, input)),

  deleteNow: signedIn({
    summary: "Delete the account and everything of it, at once and for good",
    description: "Needs the account's address and username, and the password or a sign-in of the last 10 minutes.",
    errors: ["forbidden", "conflict"],
    credentials: "session",
  })
    .input(deleteNowInput)
    .output(nothing)
    .mutation(({ ctx, input }) => deleteNow(ctx.deps, ctx.actor, input)),

  restore: publicly({
    summary: "Bring a closed account back by the link of its mail",
    description: "Works until the account is deleted for good.",
    errors: ["validation_error"],
  })
    .input(restoreInput)
    .output(nothing)
    .mutation(({ ctx, input }) => restoreAccount(ctx.deps, input)),
});
