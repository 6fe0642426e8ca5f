const dayMs = 24 * 60 * 60 * 1000;

/** How long the link of an invitation works. */
const invitationDays = 7;
/** How long an invitation that has run out is kept, to be sent again; the address of somebody who never came goes then. */
const keptDays = 30;

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + invitationDays * dayMs);
}

/** Invitations that ran out before this moment are forgotten. */
export function forgetInvitationsBefore(now: Date): Date {
  return new Date(now.getTime() - keptDays * dayMs);
}
