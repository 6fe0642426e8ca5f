import type { Actor } from "@parley/auth";
import { uuidv7 } from "uuidv7";
import { conflict, type DomainError, forbidden, notFound } from "../errors";
import { accountGone } from "../profile/service";
import { maxOwned } from "./rules";
import type { CreateOrganization, Organization, OrganizationChoice, RenameOrganization } from "./schema";
import type { OrganizationStore, Refusal } from "./store";

export interface OrganizationDependencies {
  organizations: OrganizationStore;
  clock(): Date;
}

/** Those that the caller belongs to, by name. */
export function listOrganizations(deps: OrganizationDependencies, actor: Actor): Promise<Organization[]> {
  return deps.organizations.list(actor.userId);
}

/** @throws not_found where there is no such organization, or the caller is no member: nobody learns which. */
export async function getOrganization(
  deps: OrganizationDependencies,
  actor: Actor,
  { id }: OrganizationChoice,
): Promise<Organization> {
  const found = await deps.organizations.find(actor.userId, id);
  if (found === null) throw refusal("not_found");
  return found;
}

/** The caller becomes its owner. @throws conflict where they own as many as one may. */
export async function createOrganization(
  deps: OrganizationDependencies,
  actor: Actor,
  { name }: CreateOrganization,
): Promise<Organization> {
  const id = uuidv7();
  const outcome = await deps.organizations.create({ id, name, founderId: actor.userId, now: deps.clock() });
  if (outcome === "gone") throw accountGone();
  if (outcome === "too_many") throw conflict(`A person may own ${maxOwned} organizations`);
  return getOrganization(deps, actor, { id });
}

/** @throws not_found; forbidden to those who do not run it */
export async function renameOrganization(
  deps: OrganizationDependencies,
  actor: Actor,
  { id, name }: RenameOrganization,
): Promise<Organization> {
  const outcome = await deps.organizations.rename(actor.userId, { id, name, now: deps.clock() });
  if (outcome !== "renamed") throw refusal(outcome);
  return getOrganization(deps, actor, { id });
}

/** @throws not_found; forbidden to all but owners */
export async function removeOrganization(
  deps: OrganizationDependencies,
  actor: Actor,
  { id }: OrganizationChoice,
): Promise<void> {
  const outcome = await deps.organizations.remove(actor.userId, id);
  if (outcome !== "removed") throw refusal(outcome);
}

/** What members and others are told of what is not theirs to do. */
export function refusal(reason: Refusal): DomainError {
  return reason === "not_found"
    ? notFound("Organization")
    : forbidden("Your role in this organization does not allow this");
}
