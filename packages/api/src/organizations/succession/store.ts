import type { Transaction } from "@parley/db";
import { lockOrganizations } from "../store";

/**
 * Finds an owner for every organization of this person that has none who can act: the oldest admin, else the oldest member.
 * For when the person's account was closed, or comes back; the caller has locked and changed their row. An organization
 * without anybody else stays as it is, for the day they return.
 */
export async function passOnOrganizations(tx: Transaction, userId: string): Promise<void> {
  await nameHeirs(tx, await lockThoseOf(tx, userId));
}

/** Ends every membership of a person who goes for good; an organization that nobody belongs to goes too. */
export async function leaveAllOrganizations(tx: Transaction, userId: string): Promise<void> {
  const ids = await lockThoseOf(tx, userId);
  await tx.membership.deleteMany({ where: { userId } });
  await nameHeirs(tx, ids);
  await tx.organization.deleteMany({ where: { id: { in: ids }, memberships: { none: {} } } });
}

async function lockThoseOf(tx: Transaction, userId: string): Promise<string[]> {
  const memberships = await tx.membership.findMany({ where: { userId }, select: { organizationId: true } });
  const ids = memberships.map(({ organizationId }) => organizationId);
  await lockOrganizations(tx, ids);
  return ids;
}

/** Roles are in the order owner, admin, member. */
async function nameHeirs(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    WITH present AS (
      SELECT m.* FROM memberships m JOIN users u ON u.id = m.user_id AND u.deleted_at IS NULL
      WHERE m.organization_id = ANY(${ids}::uuid[])
    ), heirs AS (
      SELECT DISTINCT ON (organization_id) organization_id, user_id, role
      FROM present ORDER BY organization_id, role, created_at, user_id
    )
    UPDATE memberships m SET role = 'owner' FROM heirs h
    WHERE m.organization_id = h.organization_id AND m.user_id = h.user_id AND h.role <> 'owner'`;
}
