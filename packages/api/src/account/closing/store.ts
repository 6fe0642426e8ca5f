import type { Role } from "@parley/auth";
import type { Transaction } from "@parley/db";
import { passOnOrganizations } from "../../organizations/succession/store";
import { endSessions } from "../sessions/store";

/** What becomes of an account that is closed, by whomever: no way in is left, and its organizations find other owners. */
export async function endDoings(tx: Transaction, userId: string, now: Date): Promise<void> {
  await endSessions(tx, userId, now);
  await tx.apiToken.deleteMany({ where: { userId } });
  await passOnOrganizations(tx, userId);
}

/** Locks all administrators, before any other row, so that of the last two only one can go. */
export async function isLastAdministrator(tx: Transaction, userId: string): Promise<boolean> {
  const administrators = await tx.$queryRaw<{ id: string; role: Role }[]>`
    SELECT id FROM users WHERE role = 'admin' AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE`;
  return administrators.length === 1 && administrators[0]?.id === userId;
}
