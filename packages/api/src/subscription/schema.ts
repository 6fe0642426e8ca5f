import { z } from "zod";
import { id, instant, text } from "../primitives";

const subscriptionStatus = z.enum(["active", "expired", "cancelled", "suspended"]);

/** The plan a person has, or had last. Source: 003 and conventions N27. */
export const plan = z
  .object({
    planName: z.string(),
    status: subscriptionStatus,
    expiresAt: instant,
    maxDevices: z.int(),
    /** Whole days; 0 once it is over. */
    daysRemaining: z.int().min(0),
  })
  .meta({ id: "Subscription" });
export type Plan = z.infer<typeof plan>;

/** `subscription` is null where there never was one; `hasSubscription` tells whether one is in force. */
export const ownSubscription = z
  .object({ hasSubscription: z.boolean(), autoRenew: z.boolean(), subscription: plan.nullable() })
  .meta({ id: "OwnSubscription" });
export type OwnSubscription = z.infer<typeof ownSubscription>;

export const subscriberInput = z.object({ userId: id });

/** What is granted. */
export const planOffer = z.object({
  planName: text({ min: 1, max: 80 }),
  /** How long the plan runs, and how long each renewal adds. */
  termMonths: z.int().min(1).max(120),
  maxDevices: z.int().min(1).max(1000),
});
export type PlanOffer = z.infer<typeof planOffer>;

export const grantInput = z.object({ userId: id, ...planOffer.shape });
export type Grant = z.infer<typeof grantInput>;

export const plansOfPeopleInput = z.object({ userIds: z.array(id).max(100) });

/**
 * The plan a person has, or had last, as an administrator sees it: asked for beside the search of people, whose answer
 * a REST surface documents.
 */
export const planOfPerson = plan
  .extend({
    userId: id,
    termMonths: z.int(),
    /** Whether another term follows when this one has run. */
    renews: z.boolean(),
    /** When it was over; null while it runs or is suspended. */
    endedAt: instant.nullable(),
  })
  .meta({ id: "PlanOfPerson" });
export type PlanOfPerson = z.infer<typeof planOfPerson>;

export const knownPlans = z.array(
  z.object({ planName: z.string(), termMonths: z.int(), maxDevices: z.int() }).meta({ id: "KnownPlan" }),
);
