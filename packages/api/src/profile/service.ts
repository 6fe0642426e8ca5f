import type { Actor } from "@parley/auth";
import type { ObjectStorage } from "@parley/object-storage";
import { conflict, DomainError, invalid, notFound } from "../errors";
import { isReservedUsername, usernameGrammar } from "./rules";
import type { OwnProfile, PublicProfile, UpdateProfile, UsernameAvailability } from "./schema";
import type { ProfileStore, StoredProfile, StoredPublicProfile } from "./store";

export interface ProfileDependencies {
  profiles: ProfileStore;
  objects: ObjectStorage;
}

/** @throws unauthorized when the account has gone since the caller signed in. */
export async function getOwnProfile(deps: ProfileDependencies, actor: Actor): Promise<OwnProfile> {
  const profile = await deps.profiles.find(actor.userId);
  if (profile === null) throw accountGone();
  return withAvatarUrl(deps, profile);
}

/**
 * Changes what is given and leaves the rest.
 * @throws conflict when the username is another's; precondition_failed when `expectedVersion` is not the present one.
 */
export async function updateProfile(
  deps: ProfileDependencies,
  actor: Actor,
  input: UpdateProfile,
): Promise<OwnProfile> {
  const { username, ...change } = input;
  if (username === null) await refuseToDropUsername(deps, actor);
  const result = await deps.profiles.update(actor.userId, { ...change, username: username ?? undefined });
  switch (result.outcome) {
    case "updated":
      return withAvatarUrl(deps, result.profile);
    case "username_taken":
      throw usernameTaken();
    case "gone_or_changed":
      if (input.expectedVersion === undefined) throw accountGone();
      throw new DomainError("precondition_failed", "The profile has changed since it was read");
  }
}

/** What an update would say of a username right now; whoever takes it first has it all the same. */
export async function getUsernameAvailability(
  deps: Pick<ProfileDependencies, "profiles">,
  actor: Actor,
  input: { username: string },
): Promise<UsernameAvailability> {
  const username = input.username.trim().toLowerCase();
  const reason = !usernameGrammar.test(username)
    ? "invalid"
    : isReservedUsername(username)
      ? "reserved"
      : (await deps.profiles.isUsernameAnothers(actor.userId, username))
        ? "taken"
        : null;
  return { isAvailable: reason === null, reason };
}

/** @throws not_found; moved (with the present name) when a host used to bear this one. */
export async function getPublicProfile(deps: ProfileDependencies, input: { username: string }): Promise<PublicProfile> {
  // What cannot be a username is nobody's, and need not trouble the database.
  if (!usernameGrammar.test(input.username)) throw notFound("Host");
  const profile = await deps.profiles.findHostByUsername(input.username);
  if (profile !== null) return withAvatarUrl(deps, profile);
  const username = await deps.profiles.findMovedUsername(input.username);
  if (username === null) throw notFound("Host");
  throw new DomainError("moved", "This host has a new username", { details: { username } });
}

/** Gives a stored profile the address at which its avatar is served. */
export function withAvatarUrl<Stored extends StoredProfile | StoredPublicProfile>(
  deps: { objects: ObjectStorage },
  { avatarKey, ...profile }: Stored,
): Omit<Stored, "avatarKey"> & { avatarUrl: string | null } {
  return { ...profile, avatarUrl: avatarKey === null ? null : deps.objects.publicUrl(avatarKey) };
}

export function usernameTaken(): DomainError {
  return conflict("This username is taken", { username: "is taken" });
}

export function accountGone(): DomainError {
  return new DomainError("unauthorized", "This account no longer exists");
}

async function refuseToDropUsername(deps: ProfileDependencies, actor: Actor): Promise<void> {
  const profile = await deps.profiles.find(actor.userId);
  if (profile?.username) throw invalid({ username: "cannot be removed, only changed" });
}
