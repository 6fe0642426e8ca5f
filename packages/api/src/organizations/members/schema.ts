import { z } from "zod";
import { id, instant } from "../../primitives";
import { organizationInput, organizationRole } from "../schema";

/** What members of an organization are told of each other: never an e-mail address. */
const member = z
  .object({
    userId: id,
    displayName: z.string(),
    username: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    role: organizationRole,
    joinedAt: instant,
  })
  .meta({ id: "OrganizationMember" });
export type Member = z.infer<typeof member>;

export const memberList = z.array(member);

export const memberInput = organizationInput.extend({ userId: id });
export type MemberChoice = z.infer<typeof memberInput>;

export const changeRoleInput = memberInput.extend({ role: organizationRole });
export type ChangeRole = z.infer<typeof changeRoleInput>;
