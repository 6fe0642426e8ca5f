import { noInput, nothing } from "../primitives";
import { router, signedIn } from "../trpc";
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

export const organizationsRouter = router({
  list: signedIn({ summary: "List the organizations the signed-in user belongs to" })
    .input(noInput)
    .output(organizationList)
    .query(({ ctx }) => listOrganizations(ctx.deps, ctx.actor)),

  create: signedIn({
    summary: "Create an organization",
    description: "Whoever creates it is its owner. A person may own 20.",
    errors: ["conflict"],
  })
    .input(createOrganizationInput)
    .output(organization)
    .mutation(({ ctx, input }) => createOrganization(ctx.deps, ctx.actor, input)),

  get: signedIn({ summary: "Retrieve an organization the signed-in user belongs to", errors: ["not_found"] })
    .input(organizationInput)
    .output(organization)
    .query(({ ctx, input }) => getOrganization(ctx.deps, ctx.actor, input)),

  rename: signedIn({
    summary: "Rename an organization",
    description: "For its owners and admins.",
    errors: ["not_found", "forbidden"],
  })
    .input(renameOrganizationInput)
    .output(organization)
    .mutation(({ ctx, input }) => renameOrganization(ctx.deps, ctx.actor, input)),

  remove: signedIn({
    summary: "Delete an organization with its memberships and invitations",
    description: "For its owners.",
    errors: ["not_found", "forbidden"],
  })
    .input(organizationInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeOrganization(ctx.deps, ctx.actor, input)),
});
