import type { Actor, Auth } from "@parley/auth";
import type * as MailTemplates from "@parley/mail/templates";
import { conflict, invalid } from "../../errors";
import { accountGone } from "../../profile/service";
import { emailTokenExpiry } from "../email-tokens/rules";
import { type EmailTokenDependencies, mailSecretLink } from "../email-tokens/service";
import { type OwnershipDependencies, requireOwner } from "../ownership/service";
import type { EmailChange, PendingEmailChange, RequestEmailChange } from "./schema";
import type { ChangeResult, EmailChangeStore } from "./store";

export interface EmailChangeDependencies {
  auth: Pick<Auth, "opaqueTokens">;
  emailChanges: EmailChangeStore;
  clock(): Date;
}

export interface EmailChangeMailDependencies extends EmailTokenDependencies {
  emailChanges: EmailChangeStore;
  mailTemplates: Pick<typeof MailTemplates, "confirmNewEmail" | "emailChangeRequested">;
}

/** The change that waits, if any. */
export async function getEmailChange(deps: EmailChangeDependencies, actor: Actor): Promise<PendingEmailChange> {
  const change = await deps.emailChanges.find(actor.userId, deps.clock());
  return { newEmail: change?.newEmail ?? null, expiresAt: change?.expiresAt.toISOString() ?? null };
}

/**
 * Asks for a change; nothing of the account changes before the new address is proven.
 * @throws validation_error naming `newEmail` or `password`; forbidden as `requireOwner`; conflict where it is in use.
 */
export async function requestEmailChange(
  deps: EmailChangeDependencies & OwnershipDependencies,
  actor: Actor,
  { newEmail, password }: RequestEmailChange,
): Promise<EmailChange> {
  const { email: oldEmail } = await requireOwner(deps, actor, password);
  if (newEmail === oldEmail) throw invalid({ newEmail: "is the address you have" });
  if (await deps.emailChanges.isTaken(newEmail)) throw taken();
  const now = deps.clock();
  const expiresAt = emailTokenExpiry("confirm_new_email", now);
  const change = { userId: actor.userId, oldEmail, newEmail, now, expiresAt };
  if (!(await deps.emailChanges.request(change))) throw accountGone();
  return { email: newEmail };
}

export async function cancelEmailChange(deps: EmailChangeDependencies, actor: Actor): Promise<void> {
  await deps.emailChanges.cancel(actor.userId, deps.clock());
}

/** @throws validation_error naming `token`; conflict where somebody took the address meanwhile. */
export async function confirmEmailChange(
  deps: EmailChangeDependencies,
  { token }: { token: string },
): Promise<EmailChange> {
  return settled(await deps.emailChanges.confirm(deps.auth.opaqueTokens.hash(token), deps.clock()));
}

/** @throws validation_error naming `token`; conflict where somebody took the old address meanwhile. */
export async function undoEmailChange(
  deps: EmailChangeDependencies,
  { token }: { token: string },
): Promise<EmailChange> {
  return settled(await deps.emailChanges.undo(deps.auth.opaqueTokens.hash(token), deps.clock()));
}

/** Job. */
export async function sendConfirmationToNew(
  deps: EmailChangeMailDependencies,
  { userId }: { userId: string },
): Promise<void> {
  const addressee = await deps.emailChanges.findNewAddressee(userId, deps.clock());
  if (addressee === null) return;
  await mailSecretLink(deps, addressee, {
    purpose: "confirm_new_email",
    pathname: "/change-email",
    template: deps.mailTemplates.confirmNewEmail,
  });
}

/** Job. The old address is told even where the change is confirmed by then: that is when it matters. */
export async function sendNoticeToOld(
  deps: EmailChangeMailDependencies,
  { userId, oldEmail }: { userId: string; oldEmail: string },
): Promise<void> {
  const displayName = await deps.emailChanges.findName(userId);
  if (displayName === null) return;
  await mailSecretLink(
    deps,
    { id: userId, email: oldEmail, displayName },
    { purpose: "undo_email_change", pathname: "/keep-email", template: deps.mailTemplates.emailChangeRequested },
  );
}

function settled(result: ChangeResult): EmailChange {
  if (result.outcome === "done") return { email: result.email };
  if (result.outcome === "taken") throw taken();
  throw invalid({ token: "is not valid any more" });
}

function taken() {
  return conflict("This e-mail address is in use", { newEmail: "is in use" });
}
