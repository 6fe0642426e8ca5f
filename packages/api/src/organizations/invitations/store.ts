import type { Database, Transaction } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import { maxMembers, mayInviteAs, powerOf } from "../rules";
import type { OrganizationRole } from "../schema";
import { lockAsMember, type Refusal } from "../store";

export interface StoredInvitation {
  id: string;
  email: string;
  role: OrganizationRole;
  invitedBy: string | null;
  sentAt: Date;
  expiresAt: Date;
}

export interface InvitationLetter {
  email: string;
  role: OrganizationRole;
  /** Names as their owners typed them. */
  organization: string;
  inviter: string | null;
}

/** Who sends an invitation, and until when it serves. */
export interface Sending {
  organizationId: string;
  actorId: string;
  now: Date;
  expiresAt: Date;
}

export type InvitationResult =
  | { outcome: "sent"; invitation: StoredInvitation }
  | { outcome: Refusal | "is_member" | "full" | "no_such_invitation" };

export type InvitationStore = ReturnType<typeof createInvitationStore>;

/** Invitations as those handle them who run the organization. */
export function createInvitationStore({ prisma }: Database) {
  return {
    /** One address has one open invitation: a new one takes the place of the old, whose link dies. */
    invite({ id, email, role, ...sending }: Sending & { id: string; email: string; role: OrganizationRole }) {
      return prisma.$transaction(async (tx): Promise<InvitationResult> => {
        const { organizationId, actorId, now } = sending;
        const own = await lockAsMember(tx, organizationId, actorId);
        if (own === null) return { outcome: "not_found" };
        if (!mayInviteAs(own, role)) return { outcome: "forbidden" };
        if ((await tx.membership.count({ where: { organizationId, user: { email } } })) > 0)
          return { outcome: "is_member" };
        const open = { organizationId, email, acceptedAt: null };
        const before = await tx.organizationInvitation.findFirst({ where: open, select: { id: true, role: true } });
        if (before !== null && !mayInviteAs(own, before.role)) return { outcome: "forbidden" };
        if ((await countPlaces(tx, organizationId, email, now)) >= maxMembers) return { outcome: "full" };
        const row =
          before ??
          (await tx.organizationInvitation.create({
            data: { id, organizationId, email, role, expiresAt: sending.expiresAt },
            select: { id: true },
          }));
        return { outcome: "sent", invitation: await send(tx, row.id, { ...sending, role }) };
      });
    },

    /** The same once more, with another link. */
    resend({ invitationId, ...sending }: Sending & { invitationId: string }) {
      return prisma.$transaction(async (tx): Promise<InvitationResult> => {
        const found = await findToHandle(tx, { invitationId, ...sending });
        if (typeof found === "string") return { outcome: found };
        const { organizationId, now } = sending;
        if ((await countPlaces(tx, organizationId, found.email, now)) >= maxMembers) return { outcome: "full" };
        return { outcome: "sent", invitation: await send(tx, invitationId, { ...sending, role: found.role }) };
      });
    },

    revoke(act: { organizationId: string; actorId: string; invitationId: string }) {
      return prisma.$transaction(async (tx): Promise<"revoked" | Refusal | "no_such_invitation"> => {
        const found = await findToHandle(tx, act);
        if (typeof found === "string") return found;
        await tx.organizationInvitation.delete({ where: { id: act.invitationId }, select: { id: true } });
        return "revoked";
      });
    },

    /** Those that nobody has accepted, the newest first. */
    async list(userId: string, organizationId: string): Promise<StoredInvitation[] | Refusal> {
      const own = await prisma.membership.findUnique({
        where: { organizationId_userId: { organizationId, userId } },
        select: { role: true },
      });
      if (own === null) return "not_found";
      if (!powerOf(own.role).runsIt) return "forbidden";
      const rows = await prisma.organizationInvitation.findMany({
        where: { organizationId, acceptedAt: null },
        select: invitationColumns,
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      });
      return rows.map(toInvitation);
    },

    /**
     * Gives an open invitation the secret that is about to be mailed.
     * @returns what its mail tells; null where it was revoked, accepted, or has run out
     */
    async arm(id: string, tokenHash: Uint8Array, now: Date): Promise<InvitationLetter | null> {
      const open = { id, acceptedAt: null, expiresAt: { gt: now } };
      const [row] = await prisma.organizationInvitation.updateManyAndReturn({
        where: open,
        data: { tokenHash: Buffer.from(tokenHash) },
        select: { ...invitationColumns, organization: { select: { name: true } } },
      });
      if (row === undefined) return null;
      const { email, role, organization, invitedBy } = row;
      return { email, role, organization: organization.name, inviter: nameOf(invitedBy) };
    },

    async deleteExpired(before: Date): Promise<void> {
      await prisma.organizationInvitation.deleteMany({ where: { expiresAt: { lt: before } } });
    },
  };
}

/** An invitation that the one who acts may send or revoke. */
async function findToHandle(
  tx: Transaction,
  { organizationId, actorId, invitationId: id }: { organizationId: string; actorId: string; invitationId: string },
): Promise<{ email: string; role: OrganizationRole } | Refusal | "no_such_invitation"> {
  const own = await lockAsMember(tx, organizationId, actorId);
  if (own === null) return "not_found";
  if (!powerOf(own).runsIt) return "forbidden";
  const found = await tx.organizationInvitation.findFirst({
    where: { id, organizationId, acceptedAt: null },
    select: { email: true, role: true },
  });
  if (found === null) return "no_such_invitation";
  return mayInviteAs(own, found.role) ? found : "forbidden";
}

/** Members, and those who may become members any moment, but `email`. */
async function countPlaces(tx: Transaction, organizationId: string, email: string, now: Date): Promise<number> {
  const members = await tx.membership.count({ where: { organizationId } });
  const open = { organizationId, acceptedAt: null, expiresAt: { gt: now }, email: { not: email } };
  return members + (await tx.organizationInvitation.count({ where: open }));
}

/** The mail makes the secret; until it does, no link leads to the invitation, the former one neither. */
async function send(
  tx: Transaction,
  id: string,
  { actorId, role, now, expiresAt }: Sending & { role: OrganizationRole },
): Promise<StoredInvitation> {
  const row = await tx.organizationInvitation.update({
    where: { id },
    data: { role, invitedById: actorId, tokenHash: null, createdAt: now, expiresAt },
    select: invitationColumns,
  });
  await enqueue(tx, "organizations.sendInvitation", { invitationId: id }, { jobKey: `organizations.invitation:${id}` });
  return toInvitation(row);
}

const invitationColumns = {
  ...{ id: true, email: true, role: true, createdAt: true, expiresAt: true },
  invitedBy: { select: { displayName: true, deletedAt: true } },
} as const;

function toInvitation({
  createdAt,
  invitedBy,
  ...row
}: Omit<StoredInvitation, "invitedBy" | "sentAt"> & {
  createdAt: Date;
  invitedBy: { displayName: string; deletedAt: Date | null } | null;
}): StoredInvitation {
  return { ...row, sentAt: createdAt, invitedBy: nameOf(invitedBy) };
}

/** Whoever has closed their account is not named any more. */
export function nameOf(person: { displayName: string; deletedAt: Date | null } | null): string | null {
  return person === null || person.deletedAt !== null ? null : person.displayName;
}
