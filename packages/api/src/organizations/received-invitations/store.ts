import type { Database, Transaction } from "@parley/db";
import { lockUser } from "../../account/sessions/store";
import { nameOf } from "../invitations/store";
import { maxMembers } from "../rules";
import type { Organization, OrganizationRole } from "../schema";
import { findOrganization, lockOrganizations } from "../store";

/** An invitation and who asks about it. */
export interface FoundInvitation {
  organizationId: string;
  organizationName: string;
  role: OrganizationRole;
  invitedBy: string | null;
  email: string;
  expiresAt: Date;
  isAccepted: boolean;
}

/** Whom an address belongs to, and whether they have proven it. */
export interface Reader {
  email: string;
  isVerified: boolean;
  isMember: boolean;
}

export type AnswerRefusal = "no_such_invitation" | "another" | "unverified" | "accepted" | "expired" | "full" | "gone";

export type ReceivedInvitationStore = ReturnType<typeof createReceivedInvitationStore>;

/** Invitations as those meet them who hold a link. */
export function createReceivedInvitationStore({ prisma }: Database) {
  return {
    find: (tokenHash: Uint8Array): Promise<FoundInvitation | null> => find(prisma, tokenHash),

    async findReader(userId: string, organizationId: string): Promise<Reader | null> {
      const user = await prisma.user.findFirst({
        where: { id: userId, deletedAt: null },
        select: {
          email: true,
          emailVerifiedAt: true,
          memberships: { where: { organizationId }, select: { role: true } },
        },
      });
      if (user === null) return null;
      return { email: user.email, isVerified: user.emailVerifiedAt !== null, isMember: user.memberships.length > 0 };
    },

    /** The role of somebody who is a member by then stays what it is. */
    accept(userId: string, tokenHash: Uint8Array, now: Date): Promise<Organization | AnswerRefusal> {
      return answer(userId, tokenHash, now, async (tx, { organizationId, role }) => {
        const key = { organizationId, userId };
        if ((await tx.membership.count({ where: key })) === 0) {
          if ((await tx.membership.count({ where: { organizationId } })) >= maxMembers) return "full";
          await tx.membership.create({ data: { ...key, role, createdAt: now }, select: { role: true } });
        }
        await tx.organizationInvitation.update({
          where: { tokenHash: Buffer.from(tokenHash) },
          data: { acceptedAt: now, acceptedById: userId },
          select: { id: true },
        });
        return (await findOrganization(tx, userId, organizationId)) ?? "gone";
      });
    },

    decline(userId: string, tokenHash: Uint8Array, now: Date): Promise<"declined" | AnswerRefusal> {
      return answer(userId, tokenHash, now, async (tx) => {
        await tx.organizationInvitation.delete({ where: { tokenHash: Buffer.from(tokenHash) }, select: { id: true } });
        return "declined" as const;
      });
    },
  };

  /** Of two who answer one invitation, and of whoever revokes it meanwhile, one comes after the other. */
  function answer<Result>(
    userId: string,
    tokenHash: Uint8Array,
    now: Date,
    act: (tx: Transaction, invitation: FoundInvitation) => Promise<Result>,
  ): Promise<Result | AnswerRefusal> {
    return prisma.$transaction(async (tx): Promise<Result | AnswerRefusal> => {
      const known = await find(tx, tokenHash);
      if (known === null) return "no_such_invitation";
      await lockUser(tx, userId);
      await lockOrganizations(tx, [known.organizationId]);
      const user = await tx.user.findFirst({
        where: { id: userId, deletedAt: null },
        select: { email: true, emailVerifiedAt: true },
      });
      if (user === null) return "gone";
      const invitation = await find(tx, tokenHash);
      if (invitation === null) return "no_such_invitation";
      if (invitation.email !== user.email) return "another";
      if (user.emailVerifiedAt === null) return "unverified";
      if (invitation.isAccepted) return "accepted";
      if (invitation.expiresAt <= now) return "expired";
      return act(tx, invitation);
    });
  }
}

async function find(
  db: Pick<Transaction, "organizationInvitation">,
  tokenHash: Uint8Array,
): Promise<FoundInvitation | null> {
  const row = await db.organizationInvitation.findUnique({
    where: { tokenHash: Buffer.from(tokenHash) },
    select: {
      ...{ organizationId: true, email: true, role: true, expiresAt: true, acceptedAt: true },
      organization: { select: { name: true } },
      invitedBy: { select: { displayName: true, deletedAt: true } },
    },
  });
  if (row === null) return null;
  const { organization, invitedBy, acceptedAt, ...facts } = row;
  const isAccepted = acceptedAt !== null;
  return { ...facts, organizationName: organization.name, invitedBy: nameOf(invitedBy), isAccepted };
}
