import type { Actor } from "@parley/auth";
import { conflict, type DomainError, forbidden } from "../errors";
import type { OwnProfile } from "../profile/schema";
import { accountGone, getOwnProfile, type ProfileDependencies, usernameTaken } from "../profile/service";
import { type HostingObstacle, hostingObstacle } from "./rules";
import type { Available, BecomeHost, BillingWindow, PlannedRate, Rate, SetAvailable } from "./schema";
import type { HostOnboardingStore } from "./store";

export interface HostOnboardingDependencies {
  hostOnboarding: HostOnboardingStore;
}

const refusals = {
  already_host: () => conflict("You are a host already"),
  administrator: () => forbidden("An administrator cannot become a host"),
  email_not_verified: () => forbidden("Verify your e-mail address before you become a host"),
  age_not_verified: () => forbidden("Verify your age before you become a host"),
} satisfies Record<HostingObstacle, () => DomainError>;

/**
 * One statement decides and writes; only when it wrote nothing is the reason looked up.
 * @throws forbidden (the message says what is missing); conflict when already a host, or naming a taken `username`.
 */
export async function becomeHost(
  deps: HostOnboardingDependencies & ProfileDependencies,
  actor: Actor,
  input: BecomeHost,
): Promise<OwnProfile> {
  const result = await deps.hostOnboarding.becomeHost(actor.userId, input);
  if (result === "username_taken") throw usernameTaken();
  const profile = await getOwnProfile(deps, actor);
  if (result === "became_host") return profile;
  const obstacle = hostingObstacle(profile);
  // What stood in the way has gone between the two statements.
  if (obstacle === null) throw conflict("Your account was just changed; try again");
  throw refusals[obstacle]();
}

/** @throws conflict when the person has become a host meanwhile: what visitors see changes by `setRate` alone. */
export async function planRate(
  deps: HostOnboardingDependencies & ProfileDependencies,
  actor: Actor,
  input: PlannedRate,
): Promise<PlannedRate> {
  const planned = await deps.hostOnboarding.planRate(actor.userId, input);
  if (planned !== null) return planned;
  await getOwnProfile(deps, actor);
  throw refusals.already_host();
}

export async function setRate(deps: HostOnboardingDependencies, actor: Actor, input: Rate): Promise<Rate> {
  const ratePerMinuteCents = await deps.hostOnboarding.setRate(actor.userId, input.ratePerMinuteCents);
  if (ratePerMinuteCents === null) throw accountGone();
  return { ratePerMinuteCents };
}

export async function setWindow(
  deps: HostOnboardingDependencies,
  actor: Actor,
  input: BillingWindow,
): Promise<BillingWindow> {
  const windowSizeMinutes = await deps.hostOnboarding.setWindow(actor.userId, input.windowSizeMinutes);
  if (windowSizeMinutes === null) throw accountGone();
  return { windowSizeMinutes };
}

/** Goes online or offline; without a state, flips. */
export async function setAvailable(
  deps: HostOnboardingDependencies,
  actor: Actor,
  input: SetAvailable,
): Promise<Available> {
  const isAvailable = await deps.hostOnboarding.setAvailable(actor.userId, input?.isAvailable);
  if (isAvailable === null) throw accountGone();
  return { isAvailable };
}
