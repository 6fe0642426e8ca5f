import type { Actor } from "@parley/auth";
import type { ObjectStorage } from "@parley/object-storage";
import { conflict, type DomainError, notFound } from "../../errors";
import type { OrganizationChoice } from "../schema";
import { refusal } from "../service";
import type { ChangeRole, Member, MemberChoice } from "./schema";
import type { MemberRefusal, MemberStore } from "./store";

export interface MemberDependencies {
  members: MemberStore;
  objects: Pick<ObjectStorage, "publicUrl">;
}

/** Owners first, then admins; among equals whoever came first. @throws not_found to all but members */
export async function listMembers(
  deps: MemberDependencies,
  actor: Actor,
  { id }: OrganizationChoice,
): Promise<Member[]> {
  const found = await deps.members.list(actor.userId, id);
  if (found === null) throw refusal("not_found");
  return found.map(({ avatarKey, ...member }) => ({
    ...member,
    avatarUrl: avatarKey === null ? null : deps.objects.publicUrl(avatarKey),
  }));
}

/** @throws not_found; forbidden where the caller's role is not above what is changed; conflict for the last owner */
export async function changeRole(
  deps: MemberDependencies,
  actor: Actor,
  { id: organizationId, userId, role }: ChangeRole,
): Promise<void> {
  const outcome = await deps.members.changeRole({ organizationId, actorId: actor.userId, userId, role });
  if (outcome !== "changed") throw memberRefusal(outcome);
}

/** @throws as `changeRole` */
export async function removeMember(
  deps: MemberDependencies,
  actor: Actor,
  { id: organizationId, userId }: MemberChoice,
): Promise<void> {
  const outcome = await deps.members.remove({ organizationId, actorId: actor.userId, userId });
  if (outcome !== "removed") throw memberRefusal(outcome);
}

/** @throws not_found; conflict for the last owner */
export async function leaveOrganization(
  deps: MemberDependencies,
  actor: Actor,
  { id }: OrganizationChoice,
): Promise<void> {
  await removeMember(deps, actor, { id, userId: actor.userId });
}

function memberRefusal(reason: MemberRefusal): DomainError {
  if (reason === "no_such_member") return notFound("Member");
  if (reason === "last_owner") return conflict("An organization needs an owner: make somebody else its owner first");
  return refusal(reason);
}
