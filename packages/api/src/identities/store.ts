import type { Database, Transaction } from "@parley/db";
import { lockUser } from "../account/sessions/store";
import type { IdentityInput, ShownProfile } from "./schema";

export type Provider = IdentityInput["provider"];

/** Where an identity is from; `instanceName` is empty where the provider is one. */
export interface IdentitySource {
  provider: Provider;
  instanceName: string;
}

export interface StoredIdentity extends IdentitySource {
  id: string;
  providerUsername: string;
  email: string | null;
  profileUrl: string | null;
  avatarUrl: string | null;
  createdAt: Date;
  lastVerifiedAt: Date | null;
}

/** An identity with what its provider is asked by. */
export interface SealedIdentity extends StoredIdentity {
  subject: string;
  sealedTokens: Uint8Array | null;
}

/** What a provider has just said. */
export interface FreshFacts {
  profile: ShownProfile;
  sealedTokens: Uint8Array;
  now: Date;
}

export type IdentityStore = ReturnType<typeof createIdentityStore>;

/** The accounts elsewhere with which people sign in. */
export function createIdentityStore({ prisma }: Database) {
  return {
    /** Oldest first. */
    list(userId: string): Promise<StoredIdentity[]> {
      return prisma.identity.findMany({
        where: { userId },
        select: identityColumns,
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      });
    },

    /** All that answer to a name; more than one only where the server is left out. */
    async find(userId: string, { provider, instanceName }: IdentityInput): Promise<SealedIdentity[]> {
      return prisma.identity.findMany({
        where: { userId, provider, instanceName },
        select: { ...identityColumns, subject: true, sealedTokens: true },
      });
    },

    /**
     * Removes one of a person's ways to sign in, unless none would be left. Removals of one person follow each other, so
     * that of two at once the second sees what the first has left.
     * @param offered those with which anybody can sign in at all
     */
    remove(userId: string, id: string, offered: readonly IdentitySource[]): Promise<"removed" | "last" | "absent"> {
      return prisma.$transaction(async (tx) => {
        await lockUser(tx, userId);
        const user = await tx.user.findUnique({
          where: { id: userId },
          select: { passwordHash: true, identities: { select: { id: true, provider: true, instanceName: true } } },
        });
        if (!user?.identities.some((identity) => identity.id === id)) return "absent";
        const others = user.identities.filter((identity) => identity.id !== id && isAmong(offered, identity));
        if (user.passwordHash === null && others.length === 0) return "last";
        await tx.identity.delete({ where: { id, userId }, select: { id: true } });
        return "removed";
      });
    },

    /** Null where it was removed meanwhile. */
    renew(userId: string, id: string, facts: FreshFacts): Promise<StoredIdentity | null> {
      return prisma.$transaction((tx) => renewIdentity(tx, { id, userId }, facts));
    },
  };
}

export const identityColumns = {
  ...{ id: true, provider: true, instanceName: true, providerUsername: true, email: true, profileUrl: true },
  ...{ avatarUrl: true, createdAt: true, lastVerifiedAt: true },
} as const;

/** Writes down what a provider has just said of an identity that is known. */
export async function renewIdentity(
  tx: Transaction,
  where: { id: string; userId: string },
  facts: FreshFacts,
): Promise<StoredIdentity | null> {
  const [row] = await tx.identity.updateManyAndReturn({ where, data: columnsOf(facts), select: identityColumns });
  return row ?? null;
}

export function columnsOf({ profile, sealedTokens, now }: FreshFacts) {
  const { username: providerUsername, verifiedEmail: email, profileUrl, avatarUrl } = profile;
  const tokens = Uint8Array.from(sealedTokens);
  return { providerUsername, email, profileUrl, avatarUrl, sealedTokens: tokens, lastVerifiedAt: now };
}

function isAmong(sources: readonly IdentitySource[], { provider, instanceName }: IdentitySource): boolean {
  return sources.some((source) => source.provider === provider && source.instanceName === instanceName);
}
