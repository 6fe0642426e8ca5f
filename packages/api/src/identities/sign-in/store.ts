import type { Database, Transaction } from "@parley/db";
import { uniqueViolation } from "@parley/db/errors";
import { enqueue } from "@parley/db/jobs";
import { uuidv7 } from "uuidv7";
import { roleAfterVerification } from "../../account/email-verification/rules";
import { insertSession, lockUser, type NewSession } from "../../account/sessions/store";
import { columnsOf, type FreshFacts, type IdentitySource, renewIdentity } from "../store";
import type { IdentityProblem } from "./rules";

/** An account elsewhere, as its provider has just shown it to us. */
export interface ShownIdentity extends FreshFacts {
  source: IdentitySource;
}

export interface NewMember {
  email: string;
  displayName: string;
}

export type LinkResult = { outcome: "linked"; isNew: boolean } | Refused<LinkProblem>;
type LinkProblem = Extract<IdentityProblem, "closed" | "own_email_unconfirmed" | "linked_elsewhere" | "another_linked">;

export type SignInResult =
  | { outcome: "signed_in"; userId: string }
  | { outcome: "unknown" }
  | Refused<"banned" | "closed">;
export type JoinResult = { outcome: "joined"; userId: string } | { outcome: "known" } | Refused<"email_in_use">;

interface Refused<Problem> {
  outcome: "refused";
  problem: Problem;
}

export type IdentitySignInStore = ReturnType<typeof createIdentitySignInStore>;

/** The ways in by an account elsewhere. Whoever it is, their row is locked first, as with everything of an account. */
export function createIdentitySignInStore({ prisma }: Database) {
  return {
    signIn(shown: ShownIdentity, session: NewSession): Promise<SignInResult> {
      return prisma.$transaction(async (tx): Promise<SignInResult> => {
        const known = await findBySubject(tx, shown);
        if (known === null) return { outcome: "unknown" };
        const { userId } = known;
        await lockUser(tx, userId);
        const user = await tx.user.findUnique({ where: { id: userId }, select: { deletedAt: true, bannedAt: true } });
        if (user === null) return { outcome: "unknown" };
        if (user.bannedAt !== null) return refused("banned");
        if (user.deletedAt !== null) return refused("closed");
        // It may have been removed before the lock was ours.
        if ((await renewIdentity(tx, known, shown)) === null) return { outcome: "unknown" };
        await insertSession(tx, userId, session);
        return { outcome: "signed_in", userId };
      });
    },

    /** Makes an account whose address the provider has confirmed, and signs its owner in. */
    async join(member: NewMember, shown: ShownIdentity, session: NewSession): Promise<JoinResult> {
      const userId = uuidv7();
      const facts = { emailVerifiedAt: shown.now, role: roleAfterVerification("user"), createdAt: shown.now };
      try {
        return await prisma.$transaction(async (tx): Promise<JoinResult> => {
          await tx.user.create({ data: { id: userId, ...member, ...facts }, select: { id: true } });
          await insertIdentity(tx, userId, shown);
          await insertSession(tx, userId, session);
          return { outcome: "joined", userId };
        });
      } catch (error) {
        if (uniqueViolation(error) === null) throw error;
        // It may be the same newcomer, at a second window, who has just got the account.
        return (await findBySubject(prisma, shown)) === null ? refused("email_in_use") : { outcome: "known" };
      }
    },

    /** Makes it another way in to an account, and orders the mail that tells its owner. */
    async link(userId: string, shown: ShownIdentity): Promise<LinkResult> {
      try {
        return await prisma.$transaction(async (tx): Promise<LinkResult> => {
          await lockUser(tx, userId);
          const user = await tx.user.findUnique({
            where: { id: userId, deletedAt: null, bannedAt: null },
            select: { emailVerifiedAt: true },
          });
          if (user === null) return refused("closed");
          if (user.emailVerifiedAt === null) return refused("own_email_unconfirmed");
          const known = await findBySubject(tx, shown);
          if (known !== null && known.userId !== userId) return refused("linked_elsewhere");
          if (known !== null && (await renewIdentity(tx, known, shown)) !== null)
            return { outcome: "linked", isNew: false };
          await insertIdentity(tx, userId, shown);
          await enqueue(tx, "identities.sendLinkedMail", { userId, ...shown.source });
          return { outcome: "linked", isNew: true };
        });
      } catch (error) {
        const violated = uniqueViolation(error);
        if (violated === "identities_provider_instance_name_subject_key") return refused("linked_elsewhere");
        if (violated === "identities_user_id_provider_instance_name_key") return refused("another_linked");
        throw error;
      }
    },

    /** Whom a notice is for; null where the account has gone. */
    findAddressee(userId: string): Promise<{ email: string; displayName: string } | null> {
      return prisma.user.findUnique({
        where: { id: userId, deletedAt: null },
        select: { email: true, displayName: true },
      });
    },
  };
}

function findBySubject(tx: Pick<Transaction, "identity">, { source, profile }: ShownIdentity) {
  const { provider, instanceName } = source;
  return tx.identity.findUnique({
    where: { provider_instanceName_subject: { provider, instanceName, subject: profile.subject } },
    select: { id: true, userId: true },
  });
}

async function insertIdentity(tx: Transaction, userId: string, shown: ShownIdentity): Promise<void> {
  const { provider, instanceName } = shown.source;
  const facts = { id: uuidv7(), userId, provider, instanceName, subject: shown.profile.subject, createdAt: shown.now };
  await tx.identity.create({ data: { ...facts, ...columnsOf(shown) }, select: { id: true } });
}

function refused<Problem extends IdentityProblem>(problem: Problem): Refused<Problem> {
  return { outcome: "refused", problem };
}
