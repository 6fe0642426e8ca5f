import type { Role } from "@parley/auth";
import type { Database } from "@parley/db";
import { identityColumns, type StoredIdentity } from "../../identities/store";
import { planFields, type StoredPlan, toStoredPlan } from "../../subscription/store";
import type { Preferences } from "../preferences/schema";
import { preferenceFields } from "../preferences/store";
import type { PersonalDetails } from "./schema";

export interface StoredPerson {
  id: string;
  number: number;
  email: string;
  emailVerifiedAt: Date | null;
  bannedAt: Date | null;
  deletedAt: Date | null;
  role: Role;
  displayName: string;
  username: string | null;
  bio: string | null;
  avatarKey: string | null;
  locale: string | null;
  timezone: string | null;
  autoRenew: boolean;
  hasPassword: boolean;
  activeSessions: number;
  createdAt: Date;
  updatedAt: Date;
  details: PersonalDetails | null;
  preferences: Preferences | null;
  subscription: StoredPlan | null;
  /** Oldest first. */
  identities: StoredIdentity[];
}

/** Columns of three tables; undefined leaves one as it is. */
export interface PersonChange {
  user: {
    displayName?: string;
    bio?: string | null;
    locale?: string | null;
    timezone?: string | null;
    autoRenew?: boolean;
  };
  details: { [Field in keyof PersonalDetails]?: PersonalDetails[Field] };
  preferences: { [Field in keyof Preferences]?: Preferences[Field] };
}

export type PersonStore = ReturnType<typeof createPersonStore>;

const detailFields = {
  firstName: true,
  lastName: true,
  phone: true,
  address: true,
  city: true,
  state: true,
  country: true,
  postalCode: true,
  birthDate: true,
  telegramUsername: true,
  telegramChatId: true,
  walletAddress: true,
} as const;

export function createPersonStore({ prisma }: Database) {
  return {
    async find(userId: string, now: Date): Promise<StoredPerson | null> {
      const user = await prisma.user.findUnique({
        where: { id: userId, deletedAt: null },
        select: {
          id: true,
          number: true,
          email: true,
          emailVerifiedAt: true,
          bannedAt: true,
          deletedAt: true,
          passwordHash: true,
          role: true,
          displayName: true,
          username: true,
          bio: true,
          avatarKey: true,
          locale: true,
          timezone: true,
          autoRenew: true,
          createdAt: true,
          updatedAt: true,
          personalDetails: { select: detailFields },
          preferences: { select: preferenceFields },
          subscriptions: {
            select: planFields,
            orderBy: { createdAt: "desc" },
            take: 1,
          },
          identities: { select: identityColumns, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
          _count: { select: { sessions: { where: { endedAt: null, expiresAt: { gt: now } } } } },
        },
      });
      if (user === null) return null;
      const { passwordHash, personalDetails, preferences, subscriptions, _count, ...facts } = user;
      const [plan] = subscriptions;
      return {
        ...facts,
        hasPassword: passwordHash !== null,
        activeSessions: _count.sessions,
        details: personalDetails && { ...personalDetails, birthDate: isoDate(personalDetails.birthDate) },
        preferences,
        subscription: plan === undefined ? null : toStoredPlan(plan),
      };
    },

    /** One transaction. The person's row is written too, so that its time and its version tell of every change. */
    async update(userId: string, change: PersonChange, now: Date): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.user.updateMany({
          where: { id: userId, deletedAt: null },
          data: { ...change.user, updatedAt: now },
        });
        if (count === 0) return false;
        if (isAnyGiven(change.details)) {
          const { birthDate, ...texts } = change.details;
          const data = { ...texts, birthDate: birthDate && new Date(birthDate) };
          await tx.personalDetails.upsert({ where: { userId }, create: { userId, ...data }, update: data });
        }
        if (isAnyGiven(change.preferences)) {
          const data = change.preferences;
          await tx.preferences.upsert({ where: { userId }, create: { userId, ...data }, update: data });
        }
        return true;
      });
    },
  };
}

function isAnyGiven(fields: object): boolean {
  return Object.values(fields).some((value) => value !== undefined);
}

function isoDate(date: Date | null): string | null {
  return date === null ? null : date.toISOString().slice(0, 10);
}
