import type { Database } from "@parley/db";
import { uuidv7 } from "uuidv7";
import { renewedUntil, type SubscriptionStatus } from "./rules";
import type { PlanOffer } from "./schema";

export interface StoredPlan {
  planName: string;
  status: SubscriptionStatus;
  expiresAt: Date;
  maxDevices: number;
  /** How long the plan runs, and how long each renewal adds. */
  termMonths: number;
}

export interface StoredPlanOfPerson extends StoredPlan {
  userId: string;
  /** Whether it is renewed when it runs out: never where the account is closed. */
  autoRenew: boolean;
  endedAt: Date | null;
}

export type SubscriptionStore = ReturnType<typeof createSubscriptionStore>;

/** What is read of a plan; `toStoredPlan` names it. */
export const planFields = {
  ...{ planName: true, status: true, expiresAt: true, maxDevices: true },
  renewsEveryMonths: true,
} as const;

export function toStoredPlan(row: Omit<StoredPlan, "termMonths"> & { renewsEveryMonths: number }): StoredPlan {
  const { renewsEveryMonths: termMonths, ...plan } = row;
  return { ...plan, termMonths };
}
/** Of those whose plan ran out; more are settled by the next turn. */
const settledAtOnce = 500;

const selectPlansOf = `SELECT u.id AS "userId", u.auto_renew AND u.deleted_at IS NULL AS "autoRenew",
    s.plan_name AS "planName", s.status::text, s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
    s.max_devices AS "maxDevices", s.renews_every_months AS "termMonths"
  FROM users u JOIN LATERAL (
    SELECT * FROM subscriptions WHERE user_id = u.id ORDER BY created_at DESC LIMIT 1
  ) s ON true
  WHERE u.id = ANY($1::uuid[])`;

const selectGrantedLately = `SELECT "planName", "termMonths", "maxDevices" FROM (
    SELECT DISTINCT ON (plan_name) plan_name AS "planName", renews_every_months AS "termMonths",
      max_devices AS "maxDevices", created_at
    FROM subscriptions ORDER BY plan_name, created_at DESC
  ) AS latest ORDER BY created_at DESC LIMIT $1`;
/** Of plans granted before: as many as can be told apart at a glance. */
const mostKnown = 6;

export function createSubscriptionStore({ pool, prisma }: Database) {
  return {
    /** The plan granted last, whatever has become of it. Null: no such user. */
    async findOf(userId: string): Promise<{ autoRenew: boolean; plan: StoredPlan | null } | null> {
      const user = await prisma.user.findUnique({
        where: { id: userId, deletedAt: null },
        select: { autoRenew: true, subscriptions: { select: planFields, orderBy: { createdAt: "desc" }, take: 1 } },
      });
      const [plan] = user?.subscriptions ?? [];
      return user && { autoRenew: user.autoRenew, plan: plan === undefined ? null : toStoredPlan(plan) };
    },

    /** The plan that each of them was granted last; those who never had one are left out. */
    async plansOf(userIds: readonly string[]): Promise<StoredPlanOfPerson[]> {
      return (await pool.query<StoredPlanOfPerson>(selectPlansOf, [userIds])).rows;
    },

    /** Plans by name, each as it was granted last, the latest first. */
    async grantedLately(): Promise<PlanOffer[]> {
      return (await pool.query<PlanOffer>(selectGrantedLately, [mostKnown])).rows;
    },

    /** Ends the plan in force, if any, and begins another. False where there is no such user. */
    async grant(grant: {
      userId: string;
      planName: string;
      termMonths: number;
      maxDevices: number;
      grantedById: string;
      startsAt: Date;
      expiresAt: Date;
    }): Promise<boolean> {
      const { userId, planName, termMonths, maxDevices, grantedById, startsAt, expiresAt } = grant;
      return prisma.$transaction(async (tx) => {
        const found = await tx.$queryRaw<unknown[]>`
          SELECT FROM users WHERE id = ${userId}::uuid AND deleted_at IS NULL FOR UPDATE`;
        if (found.length === 0) return false;
        await tx.subscription.updateMany({
          where: { userId, status: { in: ["active", "suspended"] } },
          data: { status: "cancelled", endedAt: startsAt },
        });
        await tx.subscription.create({
          data: {
            ...{ id: uuidv7(), userId, planName, maxDevices, grantedById, startsAt, expiresAt },
            ...{ renewsEveryMonths: termMonths, createdAt: startsAt },
          },
          select: { id: true },
        });
        return true;
      });
    },

    /** False where no plan is in force, or the account is closed: nothing of it is renewed then. */
    async end(userId: string, now: Date): Promise<boolean> {
      const { count } = await prisma.subscription.updateMany({
        where: { userId, status: { in: ["active", "suspended"] }, user: { deletedAt: null } },
        data: { status: "cancelled", endedAt: now },
      });
      return count > 0;
    },

    /**
     * Renews or closes the plans that have run out. Rows that another worker holds are left to it, so that no plan is
     * renewed twice. Returns how many it settled.
     */
    async settleExpired(now: Date): Promise<number> {
      return prisma.$transaction(async (tx) => {
        const due = await tx.$queryRaw<{ id: string; expires_at: Date; term: number; auto_renew: boolean }[]>`
          SELECT s.id, s.expires_at, s.renews_every_months AS term, u.auto_renew AND u.deleted_at IS NULL AS auto_renew
          FROM subscriptions s JOIN users u ON u.id = s.user_id
          WHERE s.status = 'active' AND s.expires_at <= ${now}
          ORDER BY s.expires_at LIMIT ${settledAtOnce} FOR UPDATE OF s SKIP LOCKED`;
        for (const { id, expires_at: expiresAt, term, auto_renew: renews } of due) {
          const data = renews
            ? { expiresAt: renewedUntil(expiresAt, term, now) }
            : { status: "expired" as const, endedAt: expiresAt };
          await tx.subscription.update({ where: { id }, data, select: { id: true } });
        }
        return due.length;
      });
    },
  };
}
