import type { Actor } from "@parley/auth";
import type { ObjectStorage } from "@parley/object-storage";
import { conflict, invalid, notFound } from "../../errors";
import type { Follow, FollowingRequest, FollowPage, FollowStatus } from "./schema";
import type { FollowStore, StoredFollowPerson } from "./store";

export interface FollowDependencies {
  follows: FollowStore;
  objects: ObjectStorage;
}

/** @throws validation_error for oneself; not_found; conflict when the caller follows them already. */
export async function followPerson(deps: FollowDependencies, actor: Actor, input: { id: string }): Promise<Follow> {
  if (input.id === actor.userId) throw invalid({ id: "must be another person" });
  const result = await deps.follows.follow(actor.userId, input.id);
  switch (result.outcome) {
    case "followed":
      return { followerId: actor.userId, followedId: input.id, createdAt: result.createdAt };
    case "already_following":
      throw conflict("You follow this person already");
    case "no_such_person":
      throw notFound("Person");
  }
}

/** @throws not_found when the caller does not follow them, or there is no such person. */
export async function unfollowPerson(deps: FollowDependencies, actor: Actor, input: { id: string }): Promise<void> {
  if (!(await deps.follows.unfollow(actor.userId, input.id))) throw notFound("Follow");
}

/** @throws not_found */
export async function getFollowStatus(
  deps: FollowDependencies,
  actor: Actor,
  input: { id: string },
): Promise<FollowStatus> {
  const status = await deps.follows.findStatus(actor.userId, input.id);
  if (status === null) throw notFound("Person");
  return { isFollowing: status.followedAt !== null, followedAt: status.followedAt };
}

/** Who follows a person, newest first, without private accounts that are not the caller's to see. @throws not_found */
export async function listFollowers(
  deps: FollowDependencies,
  actor: Actor,
  { id, ...request }: FollowingRequest & { id: string },
): Promise<FollowPage> {
  const found = await deps.follows.followersOf(id, actor.userId, toRange(request));
  if (found === null) throw notFound("Person");
  return toPage(deps, request, found);
}

/** Whom the caller follows, newest first. */
export async function listFollowing(
  deps: FollowDependencies,
  actor: Actor,
  request: FollowingRequest,
): Promise<FollowPage> {
  return toPage(deps, request, await deps.follows.followedBy(actor.userId, toRange(request)));
}

function toRange({ page, perPage }: FollowingRequest) {
  return { offset: (page - 1) * perPage, limit: perPage };
}

function toPage(
  { objects }: FollowDependencies,
  { page, perPage }: FollowingRequest,
  { items, total }: { items: StoredFollowPerson[]; total: number },
): FollowPage {
  const people = items.map(({ avatarKey, ...person }) => ({
    ...person,
    avatarUrl: avatarKey === null ? null : objects.publicUrl(avatarKey),
  }));
  return { items: people, page, perPage, total };
}
