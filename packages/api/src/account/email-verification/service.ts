import type { Actor, Auth } from "@parley/auth";
import type * as MailTemplates from "@parley/mail/templates";
import { invalid } from "../../errors";
import { type EmailTokenDependencies, mailSecretLink } from "../email-tokens/service";
import type { Account } from "../schema";
import type { EmailVerificationStore } from "./store";

export interface EmailVerificationDependencies {
  auth: Pick<Auth, "opaqueTokens">;
  emailVerifications: EmailVerificationStore;
  clock(): Date;
}

export interface VerificationMailDependencies extends EmailTokenDependencies {
  emailVerifications: EmailVerificationStore;
  mailTemplates: Pick<typeof MailTemplates, "verifyEmail">;
}

/**
 * Proves an address by the secret that was sent to it. Signs nobody in: whoever opens the link may not be who
 * registered.
 * @throws validation_error naming `token`
 */
export async function verifyEmail(
  deps: EmailVerificationDependencies,
  input: { token: string },
): Promise<{ user: Account }> {
  const user = await deps.emailVerifications.redeem(deps.auth.opaqueTokens.hash(input.token), deps.clock());
  if (user === null) throw invalid({ token: "is not valid any more; ask for a new mail" });
  return { user };
}

/** Whether the secret was sent to somebody else than the caller; one that is worth nothing was sent to nobody. */
export async function getVerificationLink(
  deps: EmailVerificationDependencies,
  actor: Actor,
  { token }: { token: string },
): Promise<{ isAnothers: boolean }> {
  const owner = await deps.emailVerifications.findOwner(deps.auth.opaqueTokens.hash(token), deps.clock());
  return { isAnothers: owner !== null && owner !== actor.userId };
}

/** Orders another mail; does nothing where the address is proven. */
export async function resendVerification(
  deps: { emailVerifications: EmailVerificationStore },
  actor: Actor,
): Promise<void> {
  await deps.emailVerifications.requestMail(actor.userId);
}

/** Job. A repetition may send a second mail; both links work. */
export async function sendVerificationMail(deps: VerificationMailDependencies, job: { userId: string }): Promise<void> {
  const addressee = await deps.emailVerifications.findUnverified(job.userId);
  if (addressee === null) return;
  await mailSecretLink(deps, addressee, {
    purpose: "verify_email",
    pathname: "/verify-email",
    template: deps.mailTemplates.verifyEmail,
  });
}
