import type { OrganizationRole } from "@parley/api/schema/organizations";

/** From the least to the most: who moves through them by keyboard does not pass an owner on the way to an admin. */
export const roles = ["member", "admin", "owner"] as const satisfies readonly OrganizationRole[];

export const roleNames: Record<OrganizationRole, string> = { owner: "Owner", admin: "Admin", member: "Member" };

/** Follows "You are …" and "would like to have you as …". */
export const asRole: Record<OrganizationRole, string> = {
  owner: "one of its owners",
  admin: "an admin",
  member: "a member",
};
