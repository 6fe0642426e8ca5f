import { z } from "zod";
import { id, instant, text } from "../primitives";

/** From the one who may do everything to the one who is merely there. */
export const organizationRole = z.enum(["owner", "admin", "member"]);
export type OrganizationRole = z.infer<typeof organizationRole>;

export const organizationName = text({ min: 1, max: 80 });

/** An organization as one of its members sees it. */
export const organization = z
  .object({
    id,
    name: z.string(),
    /** The caller's own. */
    role: organizationRole,
    memberCount: z.int().min(1),
    createdAt: instant,
    /** When its name changed last. */
    updatedAt: instant,
  })
  .meta({ id: "Organization" });
export type Organization = z.infer<typeof organization>;

export const organizationList = z.array(organization);

export const createOrganizationInput = z.object({ name: organizationName });
export type CreateOrganization = z.infer<typeof createOrganizationInput>;

export const organizationInput = z.object({ id });
export type OrganizationChoice = z.infer<typeof organizationInput>;

export const renameOrganizationInput = organizationInput.extend({ name: organizationName });
export type RenameOrganization = z.infer<typeof renameOrganizationInput>;
