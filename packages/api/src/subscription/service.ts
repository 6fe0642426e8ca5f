import type { Actor } from "@parley/auth";
import { notFound } from "../errors";
import { accountGone } from "../profile/service";
import { daysRemaining, renewedUntil, statusAt } from "./rules";
import type { Grant, OwnSubscription, Plan, PlanOffer, PlanOfPerson } from "./schema";
import type { StoredPlan, SubscriptionStore } from "./store";

export interface SubscriptionDependencies {
  subscriptions: SubscriptionStore;
  clock(): Date;
}

export async function getOwnSubscription(deps: SubscriptionDependencies, actor: Actor): Promise<OwnSubscription> {
  const found = await deps.subscriptions.findOf(actor.userId);
  if (found === null) throw accountGone();
  return toOwn(found, deps.clock());
}

/** Of those who have a plan or had one; all others are left out. In no order. */
export async function listPlansOfPeople(
  deps: SubscriptionDependencies,
  { userIds }: { userIds: string[] },
): Promise<PlanOfPerson[]> {
  const now = deps.clock();
  const found = await deps.subscriptions.plansOf(userIds);
  return found.map(({ userId, autoRenew, endedAt, ...stored }) => {
    const plan = toPlan(stored, now);
    const isOver = plan.status === "expired" || plan.status === "cancelled";
    return {
      ...{ ...plan, userId, termMonths: stored.termMonths },
      renews: autoRenew && plan.status === "active",
      endedAt: isOver ? (endedAt ?? stored.expiresAt).toISOString() : null,
    };
  });
}

export function listKnownPlans(deps: SubscriptionDependencies): Promise<PlanOffer[]> {
  return deps.subscriptions.grantedLately();
}

/** Begins a plan now, for one term; a plan in force ends. */
export async function grantSubscription(
  deps: SubscriptionDependencies,
  actor: Actor,
  { userId, planName, termMonths, maxDevices }: Grant,
): Promise<OwnSubscription> {
  const startsAt = deps.clock();
  const expiresAt = renewedUntil(startsAt, termMonths, startsAt);
  const plan = { userId, planName, termMonths, maxDevices, grantedById: actor.userId, startsAt, expiresAt };
  if (!(await deps.subscriptions.grant(plan))) throw notFound("User");
  return subscriptionOf(deps, userId);
}

/** @throws not_found where the person has no plan in force, or there is no such person. */
export async function endSubscription(
  deps: SubscriptionDependencies,
  { userId }: { userId: string },
): Promise<OwnSubscription> {
  if (!(await deps.subscriptions.end(userId, deps.clock()))) throw notFound("Subscription");
  return subscriptionOf(deps, userId);
}

/** Job; safe to repeat. */
export async function settleSubscriptions(deps: SubscriptionDependencies): Promise<void> {
  while ((await deps.subscriptions.settleExpired(deps.clock())) > 0);
}

/** As of now: what has run out is over, though no job has been by. */
export function toPlan(plan: StoredPlan, now: Date): Plan {
  const { planName, maxDevices, expiresAt } = plan;
  const status = statusAt(plan, now);
  const days = status === "active" ? daysRemaining(expiresAt, now) : 0;
  return { planName, status, expiresAt: expiresAt.toISOString(), maxDevices, daysRemaining: days };
}

async function subscriptionOf(deps: SubscriptionDependencies, userId: string): Promise<OwnSubscription> {
  const found = await deps.subscriptions.findOf(userId);
  if (found === null) throw notFound("User");
  return toOwn(found, deps.clock());
}

function toOwn(found: { autoRenew: boolean; plan: StoredPlan | null }, now: Date): OwnSubscription {
  const subscription = found.plan && toPlan(found.plan, now);
  return { hasSubscription: subscription?.status === "active", autoRenew: found.autoRenew, subscription };
}
