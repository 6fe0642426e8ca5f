const hourMs = 60 * 60 * 1000;

export type EmailTokenPurpose =
  | "verify_email"
  | "reset_password"
  | "restore_account"
  | "confirm_new_email"
  | "undo_email_change";

const lifeHours: Record<EmailTokenPurpose, number> = {
  verify_email: 24,
  reset_password: 1,
  restore_account: 14 * 24,
  confirm_new_email: 24,
  undo_email_change: 24,
};

/** Enough for someone who keeps pressing the button, too few to flood a stranger's mailbox. */
const maxMailsPerHour = 5;

export function emailTokenExpiry(purpose: EmailTokenPurpose, now: Date): Date {
  return new Date(now.getTime() + lifeHours[purpose] * hourMs);
}

export function mailWindowStart(now: Date): Date {
  return new Date(now.getTime() - hourMs);
}

/** Whether a person who was sent `mailsInWindow` mails for one purpose since the window's start may be sent another. */
export function mayMailAgain(mailsInWindow: number): boolean {
  return mailsInWindow < maxMailsPerHour;
}
