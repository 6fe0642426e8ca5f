import { z } from "zod";
import { email, id, instant } from "../../primitives";
import { organizationInput, organizationRole } from "../schema";

/** An invitation that nobody has accepted yet, as those see it who run the organization. */
export const invitation = z
  .object({
    id,
    email: z.string(),
    role: organizationRole,
    /** The name of who sent it last; null once they have gone. */
    invitedBy: z.string().nullable(),
    sentAt: instant,
    expiresAt: instant,
    isExpired: z.boolean(),
  })
  .meta({ id: "OrganizationInvitation" });
export type Invitation = z.infer<typeof invitation>;

export const invitationList = z.array(invitation);

export const inviteInput = organizationInput.extend({ email, role: organizationRole.default("member") });
export type Invite = z.infer<typeof inviteInput>;

export const invitationInput = organizationInput.extend({ invitationId: id });
export type InvitationChoice = z.infer<typeof invitationInput>;
