import { z } from "zod";
import { forgetInvitations, type InvitationMailDependencies, sendInvitation } from "./invitations/service";

const invitation = z.object({ invitationId: z.uuid() });

export function organizationJobs(deps: InvitationMailDependencies) {
  return {
    "organizations.sendInvitation": (payload: unknown) => sendInvitation(deps, invitation.parse(payload)),
    "organizations.forgetInvitations": () => forgetInvitations(deps),
  };
}
