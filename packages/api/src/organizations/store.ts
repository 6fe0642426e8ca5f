import type { Database, Transaction } from "@parley/db";
import { lockUser } from "../account/sessions/store";
import { maxOwned, powerOf } from "./rules";
import type { Organization, OrganizationRole } from "./schema";

/** Why nothing was done. */
export type Refusal = "not_found" | "forbidden";

/** Members who can act: a closed account's memberships stay as they are, for the day it comes back. */
export const present = { user: { deletedAt: null } } as const;

export type OrganizationStore = ReturnType<typeof createOrganizationStore>;

/** Organizations, each to the eyes of one member: to others there is none. */
export function createOrganizationStore({ prisma }: Database) {
  return {
    /** By name. */
    async list(userId: string): Promise<Organization[]> {
      const rows = await prisma.membership.findMany({
        where: { userId },
        select: membershipColumns,
        orderBy: [{ organization: { name: "asc" } }, { organizationId: "asc" }],
      });
      return rows.map(toOrganization);
    },

    /** Null where there is none, or its members are others. */
    find(userId: string, organizationId: string): Promise<Organization | null> {
      return findOrganization(prisma, userId, organizationId);
    },

    /** The founder is its owner. Founders queue up behind their own row, so that the bound holds. */
    create(organization: {
      id: string;
      name: string;
      founderId: string;
      now: Date;
    }): Promise<"created" | "too_many" | "gone"> {
      const { id, name, founderId: userId, now } = organization;
      return prisma.$transaction(async (tx) => {
        await lockUser(tx, userId);
        if ((await tx.user.count({ where: { id: userId, deletedAt: null } })) === 0) return "gone";
        if ((await tx.membership.count({ where: { userId, role: "owner" } })) >= maxOwned) return "too_many";
        await tx.organization.create({ data: { id, name, createdAt: now, updatedAt: now }, select: { id: true } });
        await tx.membership.create({
          data: { organizationId: id, userId, role: "owner", createdAt: now },
          select: { role: true },
        });
        return "created";
      });
    },

    rename(userId: string, change: { id: string; name: string; now: Date }): Promise<"renamed" | Refusal> {
      return prisma.$transaction(async (tx) => {
        const role = await lockAsMember(tx, change.id, userId);
        if (role === null) return "not_found";
        if (!powerOf(role).runsIt) return "forbidden";
        const data = { name: change.name, updatedAt: change.now };
        await tx.organization.update({ where: { id: change.id }, data, select: { id: true } });
        return "renamed";
      });
    },

    /** Its memberships and invitations go with it. */
    remove(userId: string, organizationId: string): Promise<"removed" | Refusal> {
      return prisma.$transaction(async (tx) => {
        const role = await lockAsMember(tx, organizationId, userId);
        if (role === null) return "not_found";
        if (!powerOf(role).endsIt) return "forbidden";
        await tx.organization.delete({ where: { id: organizationId }, select: { id: true } });
        return "removed";
      });
    },
  };
}

/**
 * Whoever changes who belongs to an organization, and as what, queues up behind its row: so each finds what those ahead
 * have made of it, and of two last owners who leave at once one stays.
 * @returns the role of the one who acts, null where they are no member or there is no such organization
 */
export async function lockAsMember(
  tx: Transaction,
  organizationId: string,
  userId: string,
): Promise<OrganizationRole | null> {
  await lockOrganizations(tx, [organizationId]);
  // A statement of its own: it sees what those ahead in the queue have changed.
  const membership = await tx.membership.findFirst({
    where: { organizationId, userId, ...present },
    select: { role: true },
  });
  return membership?.role ?? null;
}

/** In the order of their ids, so that two who lock several do not wait for each other. */
export async function lockOrganizations(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}

const membershipColumns = {
  role: true,
  organization: {
    select: {
      ...{ id: true, name: true, createdAt: true, updatedAt: true },
      _count: { select: { memberships: { where: present } } },
    },
  },
} as const;

export async function findOrganization(
  db: Pick<Transaction, "membership">,
  userId: string,
  organizationId: string,
): Promise<Organization | null> {
  const row = await db.membership.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    select: membershipColumns,
  });
  return row && toOrganization(row);
}

function toOrganization({ role, organization }: MembershipRow): Organization {
  const { id, name, createdAt, updatedAt, _count } = organization;
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  // Who asks is one of them, also where their account is being closed meanwhile.
  return { id, name, role, memberCount: Math.max(1, _count.memberships), ...times };
}

interface MembershipRow {
  role: OrganizationRole;
  organization: { id: string; name: string; createdAt: Date; updatedAt: Date; _count: { memberships: number } };
}
