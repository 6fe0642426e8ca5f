import { noInput, nothing } from "../primitives";
import { forRoles, publicly, router, signedIn } from "../trpc";
import { invitation, invitationInput, invitationList, inviteInput } from "./invitations/schema";
import { invite, listInvitations, resendInvitation, revokeInvitation } from "./invitations/service";
import { changeRoleInput, memberInput, memberList } from "./members/schema";
import { changeRole, leaveOrganization, listMembers, removeMember } from "./members/service";
import { invitationTokenInput, receivedInvitation } from "./received-invitations/schema";
import { acceptInvitation, declineInvitation, getReceivedInvitation } from "./received-invitations/service";
import {
  createOrganizationInput,
  organization,
  organizationInput,
  organizationList,
  renameOrganizationInput,
} from "./schema";
import {
  createOrganization,
  getOrganization,
  listOrganizations,
  removeOrganization,
  renameOrganization,
} from "./service";

/** Whoever has proven an address of their own: nobody else has mails sent to others. */
const provenRoles = ["verified_user", "host", "admin"] as const;

export const organizationsRouter = router({
  list: signedIn({ summary: "List the organizations the signed-in user belongs to", credentials: "session" })
    .input(noInput)
    .output(organizationList)
    .query(({ ctx }) => listOrganizations(ctx.deps, ctx.actor)),

  create: signedIn({
    summary: "Create an organization",
    description: "Whoever creates it is its owner. A person may own 20.",
    errors: ["conflict"],
    credentials: "session",
  })
    .input(createOrganizationInput)
    .output(organization)
    .mutation(({ ctx, input }) => createOrganization(ctx.deps, ctx.actor, input)),

  get: signedIn({
    summary: "Retrieve an organization the signed-in user belongs to",
    errors: ["not_found"],
    credentials: "session",
  })
    .input(organizationInput)
    .output(organization)
    .query(({ ctx, input }) => getOrganization(ctx.deps, ctx.actor, input)),

  rename: signedIn({
    summary: "Rename an organization",
    description: "For its owners and admins.",
    errors: ["not_found", "forbidden"],
    credentials: "session",
  })
    .input(renameOrganizationInput)
    .output(organization)
    .mutation(({ ctx, input }) => renameOrganization(ctx.deps, ctx.actor, input)),

  remove: signedIn({
    summary: "Delete an organization with its memberships and invitations",
    description: "For its owners.",
    errors: ["not_found", "forbidden"],
    credentials: "session",
  })
    .input(organizationInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeOrganization(ctx.deps, ctx.actor, input)),

  members: signedIn({
    summary: "List the members of an organization",
    description: "Owners first, then admins; among equals whoever came first.",
    errors: ["not_found"],
    credentials: "session",
  })
    .input(organizationInput)
    .output(memberList)
    .query(({ ctx, input }) => listMembers(ctx.deps, ctx.actor, input)),

  changeRole: signedIn({
    summary: "Change the role of a member",
    description: "Owners change any, admins make members admins. The last owner stays one.",
    errors: ["not_found", "forbidden", "conflict"],
    credentials: "session",
  })
    .input(changeRoleInput)
    .output(nothing)
    .mutation(({ ctx, input }) => changeRole(ctx.deps, ctx.actor, input)),

  removeMember: signedIn({
    summary: "Remove a member from an organization",
    description: "Owners remove anyone but the last owner, admins remove members.",
    errors: ["not_found", "forbidden", "conflict"],
    credentials: "session",
  })
    .input(memberInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeMember(ctx.deps, ctx.actor, input)),

  leave: signedIn({
    summary: "Leave an organization",
    description: "The last owner cannot, but may delete it.",
    errors: ["not_found", "conflict"],
    credentials: "session",
  })
    .input(organizationInput)
    .output(nothing)
    .mutation(({ ctx, input }) => leaveOrganization(ctx.deps, ctx.actor, input)),

  invitations: signedIn({
    summary: "List the invitations into an organization that nobody has accepted",
    description: "For its owners and admins.",
    errors: ["not_found", "forbidden"],
    credentials: "session",
  })
    .input(organizationInput)
    .output(invitationList)
    .query(({ ctx, input }) => listInvitations(ctx.deps, ctx.actor, input)),

  invite: forRoles(provenRoles, {
    summary: "Invite somebody by mail into an organization",
    description:
      "For its owners and admins whose own address is verified. The link works for 7 days, once. Inviting an address " +
      "again replaces the former invitation.",
    errors: ["not_found", "forbidden", "conflict"],
    limit: "invitation",
    credentials: "session",
  })
    .input(inviteInput)
    .output(invitation)
    .mutation(({ ctx, input }) => invite(ctx.deps, ctx.actor, input)),

  resendInvitation: forRoles(provenRoles, {
    summary: "Mail an invitation again",
    description: "With another link, for 7 days from now; the former one works no more.",
    errors: ["not_found", "forbidden", "conflict"],
    limit: "invitation",
    credentials: "session",
  })
    .input(invitationInput)
    .output(invitation)
    .mutation(({ ctx, input }) => resendInvitation(ctx.deps, ctx.actor, input)),

  revokeInvitation: signedIn({
    summary: "Revoke an invitation",
    errors: ["not_found", "forbidden"],
    credentials: "session",
  })
    .input(invitationInput)
    .output(nothing)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.deps, ctx.actor, input)),

  receivedInvitation: publicly({
    summary: "Retrieve an invitation by the token from its mail",
    errors: ["not_found"],
  })
    .input(invitationTokenInput)
    .output(receivedInvitation)
    .query(({ ctx, input }) => getReceivedInvitation(ctx.deps, ctx.actor, input)),

  acceptInvitation: signedIn({
    summary: "Accept an invitation by the token from its mail",
    description: "For the person whose verified e-mail address it was sent to.",
    errors: ["not_found", "forbidden", "conflict"],
    credentials: "session",
  })
    .input(invitationTokenInput)
    .output(organization)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.deps, ctx.actor, input)),

  declineInvitation: signedIn({
    summary: "Decline an invitation by the token from its mail",
    errors: ["not_found", "forbidden", "conflict"],
    credentials: "session",
  })
    .input(invitationTokenInput)
    .output(nothing)
    .mutation(({ ctx, input }) => declineInvitation(ctx.deps, ctx.actor, input)),
});
