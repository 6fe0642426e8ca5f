import { z } from "zod";
import { id, instant, text } from "../primitives";

export const subscriptionStatus = z.enum(["active", "expired", "cancelled", "suspended"]);

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

export const grantInput = z.object({
  userId: id,
  planName: text({ min: 1, max: 80 }),
  /** How long the plan runs, and how long each renewal adds. */
  termMonths: z.int().min(1).max(120),
  maxDevices: z.int().min(1).max(1000),
});
export type Grant = z.infer<typeof grantInput>;
