import type { Auth } from "@parley/auth";
import type { Mailer } from "@parley/mail";
import { uuidv7 } from "uuidv7";
import { type EmailTokenPurpose, emailTokenExpiry, mailWindowStart, mayMailAgain } from "./rules";
import type { EmailTokenStore } from "./store";

/** What a mail is made of; a template of the mail package. */
export type MailTemplate = (facts: { name: string; link: string }) => { subject: string; text: string; html: string };

export interface MailDependencies {
  mailer: Pick<Mailer, "send">;
  /** An absolute address of the web app. */
  webLink(pathname: string, query?: Record<string, string>): string;
}

export interface EmailTokenDependencies extends MailDependencies {
  auth: Pick<Auth, "opaqueTokens">;
  emailTokens: EmailTokenStore;
  clock(): Date;
}

export interface Addressee {
  id: string;
  email: string;
  displayName: string;
}

/**
 * Sends a link that holds a new secret. The secret is made here, by the job that mails it, so that it rests nowhere:
 * not in the queue, and in the database as a hash alone. Sends nothing to someone who has had enough of these mails.
 */
export async function mailSecretLink(
  deps: EmailTokenDependencies,
  to: Addressee,
  mail: { purpose: EmailTokenPurpose; pathname: string; template: MailTemplate },
): Promise<void> {
  const now = deps.clock();
  if (!mayMailAgain(await deps.emailTokens.countSince(to.id, mail.purpose, mailWindowStart(now)))) return;
  const { token, hash } = deps.auth.opaqueTokens.create("et_");
  const id = uuidv7();
  await deps.emailTokens.create({
    id,
    userId: to.id,
    purpose: mail.purpose,
    email: to.email,
    hash,
    createdAt: now,
    expiresAt: emailTokenExpiry(mail.purpose, now),
  });
  const content = mail.template({ name: to.displayName, link: deps.webLink(mail.pathname, { token }) });
  try {
    await deps.mailer.send({ to: to.email, ...content });
  } catch (error) {
    // The retry makes another secret: this one was not delivered, and must not count as a mail sent.
    await deps.emailTokens.delete(id);
    throw error;
  }
}
