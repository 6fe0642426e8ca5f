import { Temporal } from "temporal-polyfill";

export type SubscriptionStatus = "active" | "expired" | "cancelled" | "suspended";

const msPerDay = 24 * 60 * 60 * 1000;

/** Whole days until an instant; 0 once it has come. Source: 003, `days_remaining`. */
export function daysRemaining(expiresAt: Date, now: Date): number {
  return Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / msPerDay));
}

/** A plan is over the moment it expires, whether or not the job has been by. */
export function statusAt(plan: { status: SubscriptionStatus; expiresAt: Date }, now: Date): SubscriptionStatus {
  return plan.status === "active" && plan.expiresAt <= now ? "expired" : plan.status;
}

const termNames: Readonly<Record<number, string>> = { 1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly" };

/**
 * What a customer is: `free`, or a subscriber with the term of the plan in force, `subscriber:monthly`. Source: 004,
 * where any value but `free` grants what subscribers have.
 */
export function customerStatus(
  plan: { status: SubscriptionStatus; expiresAt: Date; termMonths: number } | null,
  now: Date,
): string {
  if (plan === null || statusAt(plan, now) !== "active") return "free";
  return `subscriber:${termNames[plan.termMonths] ?? `${plan.termMonths}-months`}`;
}

/**
 * The end of the first term that outlasts `now`, counted from the end of the present one. A term ends on the day of the
 * month on which the first one did, or on the month's last, in UTC.
 */
export function renewedUntil(expiresAt: Date, termMonths: number, now: Date): Date {
  const end = Temporal.Instant.fromEpochMilliseconds(expiresAt.getTime()).toZonedDateTimeISO("UTC");
  for (let terms = 1; ; terms += 1) {
    const next = end.add({ months: terms * termMonths }).epochMilliseconds;
    if (next > now.getTime()) return new Date(next);
  }
}
