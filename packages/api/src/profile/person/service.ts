import type { Actor } from "@parley/auth";
import { type DeviceDependencies, registerDevice } from "../../devices/service";
import { DomainError, invalid } from "../../errors";
import { toIdentity } from "../../identities/service";
import { customerStatus } from "../../subscription/rules";
import { toPlan } from "../../subscription/service";
import { type RemoteAvatarDependencies, removeAvatar, replaceAvatarFromUrl } from "../avatar/service";
import { defaultPreferences } from "../preferences/rules";
import { accountGone, type ProfileDependencies } from "../service";
import { isForeignPostalCode, statusOf } from "./rules";
import type { Person, PersonalDetails, UpdatePerson } from "./schema";
import type { PersonChange, PersonStore, StoredPerson } from "./store";

export interface PersonDependencies extends Pick<ProfileDependencies, "objects"> {
  people: PersonStore;
  clock(): Date;
}

/** @throws unauthorized when the account has gone since the caller signed in. */
export async function getPerson(deps: PersonDependencies, actor: Actor): Promise<Person> {
  const now = deps.clock();
  const stored = await deps.people.find(actor.userId, now);
  if (stored === null) throw accountGone();
  return toPerson(deps, stored, now);
}

/**
 * Changes what is given and leaves the rest; nothing changes where a field is refused.
 * @throws validation_error naming the field, also where only the clock, the country or the picture tell.
 */
export async function updatePerson(
  deps: PersonDependencies & DeviceDependencies & RemoteAvatarDependencies,
  actor: Actor,
  input: UpdatePerson,
): Promise<Person> {
  const before = await getPerson(deps, actor);
  refuseImpossible(input, before, deps.clock());
  const { avatarUrl, fcmToken } = input;
  // First what may still be refused. An address that was read here and sent back is no new picture.
  if (fcmToken !== undefined) await registerPushes(deps, actor, fcmToken);
  if (avatarUrl === null) await removeAvatar(deps, actor);
  else if (avatarUrl !== undefined && avatarUrl !== before.avatarUrl) {
    await replaceAvatarFromUrl(deps, actor, { url: avatarUrl }, "avatarUrl");
  }
  if (!(await deps.people.update(actor.userId, toChange(input), deps.clock()))) throw accountGone();
  return getPerson(deps, actor);
}

/** A device that the plan has no room for is a fault of this field, as it is of the form that holds it. */
async function registerPushes(deps: DeviceDependencies, actor: Actor, token: string): Promise<void> {
  try {
    await registerDevice(deps, actor, { token, platform: "android" });
  } catch (error) {
    const fault = error instanceof DomainError && error.code === "conflict" ? error.details?.token : undefined;
    if (fault === undefined) throw error;
    throw invalid({ fcmToken: fault }, error);
  }
}

function refuseImpossible(input: UpdatePerson, before: Person, now: Date): void {
  const { birthDate, postalCode } = input;
  if (birthDate && !(birthDate >= "1900-01-01" && birthDate <= now.toISOString().slice(0, 10))) {
    throw invalid({ birthDate: "must be a date in the past, since 1900" });
  }
  const country = input.country === undefined ? before.details.country : input.country;
  if (postalCode && country !== null && isForeignPostalCode(postalCode, country)) {
    throw invalid({ postalCode: `must be a postal code of ${country}` });
  }
}

function toChange(input: UpdatePerson): PersonChange {
  const { displayName, bio, locale, timezone, autoRenew, avatarUrl: _, fcmToken: __, ...rest } = input;
  const { theme, maxMessageLength, messagesPerPage, notificationTrayLimit, ...others } = rest;
  const { defaultVisibility, viewingPreference, isPrivateAccount, latitude, longitude, ...details } = others;
  return {
    user: { displayName, bio, locale, timezone, autoRenew },
    details,
    preferences: {
      ...{ theme, maxMessageLength, messagesPerPage, notificationTrayLimit },
      ...{ defaultVisibility, viewingPreference, isPrivateAccount, latitude, longitude },
    },
  };
}

const nothingKnown: PersonalDetails = {
  ...{ firstName: null, lastName: null, phone: null, address: null, city: null, state: null, country: null },
  ...{ postalCode: null, birthDate: null, telegramUsername: null, telegramChatId: null, walletAddress: null },
};

function toPerson(deps: PersonDependencies, stored: StoredPerson, now: Date): Person {
  const { emailVerifiedAt, bannedAt, deletedAt, avatarKey, ...facts } = stored;
  return {
    ...facts,
    emailVerified: emailVerifiedAt !== null,
    status: statusOf({
      isEmailVerified: emailVerifiedAt !== null,
      isBanned: bannedAt !== null,
      isDeleted: deletedAt !== null,
    }),
    avatarUrl: avatarKey === null ? null : deps.objects.publicUrl(avatarKey),
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
    details: stored.details ?? nothingKnown,
    preferences: stored.preferences ?? defaultPreferences,
    subscription: stored.subscription && toPlan(stored.subscription, now),
    customerStatus: customerStatus(stored.subscription, now),
    identities: stored.identities.map(toIdentity),
  };
}
