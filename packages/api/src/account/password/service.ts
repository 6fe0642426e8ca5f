import type { Actor, Auth } from "@parley/auth";
import type * as MailTemplates from "@parley/mail/templates";
import { invalid } from "../../errors";
import { accountGone } from "../../profile/service";
import { type EmailTokenDependencies, type MailDependencies, mailSecretLink } from "../email-tokens/service";
import type { ChangePassword, ConfirmPasswordReset } from "./schema";
import type { PasswordStore } from "./store";

export interface PasswordDependencies {
  auth: Pick<Auth, "opaqueTokens" | "passwords">;
  passwords: PasswordStore;
  clock(): Date;
}

export interface PasswordMailDependencies extends EmailTokenDependencies, MailDependencies {
  passwords: PasswordStore;
  mailTemplates: Pick<typeof MailTemplates, "resetPassword" | "passwordChanged">;
}

/** Says nothing of whether the address has an account, not even by the time it takes: the job looks it up. */
export async function requestPasswordReset(
  deps: { passwords: PasswordStore },
  input: { email: string },
): Promise<void> {
  await deps.passwords.requestReset(input.email);
}

/**
 * Sets a new password by the secret of a mail, and ends every session: whoever else was in is out.
 * @throws validation_error naming `token`
 */
export async function confirmPasswordReset(deps: PasswordDependencies, input: ConfirmPasswordReset): Promise<void> {
  const tokenHash = deps.auth.opaqueTokens.hash(input.token);
  // Asked before the costly hashing; decided again where the password is written.
  if (!(await deps.passwords.isResetToken(tokenHash, deps.clock()))) throw unusableLink();
  const passwordHash = await deps.auth.passwords.hash(input.password);
  if (!(await deps.passwords.reset({ tokenHash, passwordHash, now: deps.clock() }))) throw unusableLink();
}

/**
 * Ends every session but the caller's.
 * @throws validation_error naming `currentPassword` when it is wrong
 */
export async function changePassword(deps: PasswordDependencies, actor: Actor, input: ChangePassword): Promise<void> {
  const oldHash = await deps.passwords.findHash(actor.userId);
  if (oldHash === undefined) throw accountGone();
  const isRight = await deps.auth.passwords.verify(input.currentPassword, oldHash);
  if (!isRight || oldHash === null) throw wrongPassword();
  const change = {
    userId: actor.userId,
    oldHash,
    newHash: await deps.auth.passwords.hash(input.newPassword),
    keptSessionId: actor.sessionId,
    now: deps.clock(),
  };
  if (!(await deps.passwords.change(change))) throw wrongPassword();
}

/** Job. An address without an account is sent nothing. */
export async function sendPasswordResetMail(deps: PasswordMailDependencies, job: { email: string }): Promise<void> {
  const addressee = await deps.passwords.findByEmail(job.email);
  if (addressee === null) return;
  await mailSecretLink(deps, addressee, {
    purpose: "reset_password",
    pathname: "/reset-password",
    template: deps.mailTemplates.resetPassword,
  });
}

/** Job. Leads to the page that asks for a reset, in case it was not the owner who changed the password. */
export async function sendPasswordChangedMail(deps: PasswordMailDependencies, job: { userId: string }): Promise<void> {
  const addressee = await deps.passwords.findById(job.userId);
  if (addressee === null) return;
  const mail = deps.mailTemplates.passwordChanged({
    name: addressee.displayName,
    link: deps.webLink("/forgot-password"),
  });
  await deps.mailer.send({ to: addressee.email, ...mail });
}

function unusableLink() {
  return invalid({ token: "is not valid any more; ask for a new mail" });
}

function wrongPassword() {
  return invalid({ currentPassword: "is wrong" });
}
