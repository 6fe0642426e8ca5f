import type { Database, Transaction } from "@parley/db";
import { mayChangeRole, mayRemove } from "../rules";
import type { OrganizationRole } from "../schema";
import { lockAsMember, present, type Refusal } from "../store";

/** A member: all but the avatar's address. */
export interface StoredMember {
  userId: string;
  displayName: string;
  username: string | null;
  avatarKey: string | null;
  role: OrganizationRole;
  joinedAt: string;
}

export type MemberRefusal = Refusal | "no_such_member" | "last_owner";

/** What one member does to another, or to themselves. */
export interface MemberAct {
  organizationId: string;
  actorId: string;
  userId: string;
}

export type MemberStore = ReturnType<typeof createMemberStore>;

export function createMemberStore({ prisma }: Database) {
  return {
    /** Owners first, then admins; among equals whoever came first. Null where `userId` is no member. */
    async list(userId: string, organizationId: string): Promise<StoredMember[] | null> {
      const rows = await prisma.membership.findMany({
        where: { organizationId, ...present, organization: { memberships: { some: { userId } } } },
        select: {
          ...{ role: true, createdAt: true, userId: true },
          user: { select: { displayName: true, username: true, avatarKey: true } },
        },
        orderBy: [{ role: "asc" }, { createdAt: "asc" }, { userId: "asc" }],
      });
      if (rows.length === 0) return null;
      return rows.map(({ user, createdAt, ...row }) => ({ ...row, ...user, joinedAt: createdAt.toISOString() }));
    },

    changeRole(act: MemberAct & { role: OrganizationRole }): Promise<"changed" | MemberRefusal> {
      return prisma.$transaction(async (tx) => {
        const found = await lockBoth(tx, act);
        if (typeof found === "string") return found;
        if (!mayChangeRole(found.role, found.before, act.role)) return "forbidden";
        if (act.role !== "owner" && (await isLastOwner(tx, act, found.before))) return "last_owner";
        await tx.membership.update({ where: { organizationId_userId: keyOf(act) }, data: { role: act.role } });
        return "changed";
      });
    },

    /** Whoever ends their own membership leaves, which every role may. */
    remove(act: MemberAct): Promise<"removed" | MemberRefusal> {
      return prisma.$transaction(async (tx) => {
        const found = await lockBoth(tx, act);
        if (typeof found === "string") return found;
        if (act.userId !== act.actorId && !mayRemove(found.role, found.before)) return "forbidden";
        if (await isLastOwner(tx, act, found.before)) return "last_owner";
        await tx.membership.delete({ where: { organizationId_userId: keyOf(act) }, select: { role: true } });
        return "removed";
      });
    },
  };
}

function keyOf({ organizationId, userId }: MemberAct) {
  return { organizationId, userId };
}

/** The roles of the one who acts and of the one who is acted on. */
async function lockBoth(
  tx: Transaction,
  act: MemberAct,
): Promise<{ role: OrganizationRole; before: OrganizationRole } | "not_found" | "no_such_member"> {
  const role = await lockAsMember(tx, act.organizationId, act.actorId);
  if (role === null) return "not_found";
  const target = await tx.membership.findFirst({ where: { ...keyOf(act), ...present }, select: { role: true } });
  return target === null ? "no_such_member" : { role, before: target.role };
}

/** Owners whose accounts are closed do not count: they cannot act. */
async function isLastOwner(tx: Transaction, act: MemberAct, before: OrganizationRole): Promise<boolean> {
  if (before !== "owner") return false;
  const { organizationId, userId } = act;
  const others = { organizationId, role: "owner", userId: { not: userId }, ...present } as const;
  return (await tx.membership.count({ where: others })) === 0;
}
