import type { OrganizationRole } from "./schema";

/** How many organizations a person may own when they found one more. */
export const maxOwned = 20;
/** Members and open invitations together. */
export const maxMembers = 200;

interface Power {
  /** Names the organization, and sees, sends and revokes its invitations. */
  runsIt: boolean;
  endsIt: boolean;
  /** The roles that may be given to others, by invitation or by change. */
  gives: readonly OrganizationRole[];
  /** Whose membership may be changed or ended. Nobody needs this for their own: they leave. */
  isOver: readonly OrganizationRole[];
}

const powers = {
  owner: { runsIt: true, endsIt: true, gives: ["owner", "admin", "member"], isOver: ["owner", "admin", "member"] },
  admin: { runsIt: true, endsIt: false, gives: ["admin", "member"], isOver: ["member"] },
  member: { runsIt: false, endsIt: false, gives: [], isOver: [] },
} as const satisfies Record<OrganizationRole, Power>;

/** What a role may do. */
export function powerOf(role: OrganizationRole): Power {
  return powers[role];
}

/** Whether `role` may invite somebody as `given`, or send and revoke such an invitation. */
export function mayInviteAs(role: OrganizationRole, given: OrganizationRole): boolean {
  return powerOf(role).gives.includes(given);
}

/** Whether `role` may make somebody who is `before` be `after`. */
export function mayChangeRole(role: OrganizationRole, before: OrganizationRole, after: OrganizationRole): boolean {
  const { isOver, gives } = powerOf(role);
  return isOver.includes(before) && gives.includes(after);
}

export function mayRemove(role: OrganizationRole, removed: OrganizationRole): boolean {
  return powerOf(role).isOver.includes(removed);
}
