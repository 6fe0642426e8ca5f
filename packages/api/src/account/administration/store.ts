import type { Database } from "@parley/db";
import { uniqueViolation } from "@parley/db/errors";
import { endSessions, lockUser } from "../sessions/store";
import { accountColumns, type NewAccount, toAccount } from "../store";
import type { FindUsers, ManagedUser } from "./schema";

/** What decides whether an account is the administrator that the settings ask for. */
export interface AdministratorState {
  id: string;
  isAdministrator: boolean;
  passwordHash: string | null;
}

export type AdministrationStore = ReturnType<typeof createAdministrationStore>;

// A search for a literal part: LIKE would read "%" and "_" as wildcards.
const matches = `(deleted_at IS NULL OR banned_at IS NOT NULL) AND
  ($1 = '' OR strpos(lower(email || ' ' || display_name || ' ' || coalesce(username, '')), lower($1)) > 0)`;

const selectPage = `SELECT id, email, display_name AS "displayName", role::text, email_verified_at AS "emailVerifiedAt",
    created_at AS "createdAt", username, age_verified_at IS NOT NULL AS "isAgeVerified",
    banned_at AS "bannedAt", ban_reason AS "banReason"
  FROM users WHERE ${matches} ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`;

type UserRow = Parameters<typeof toAccount>[0] &
  Pick<ManagedUser, "username" | "isAgeVerified" | "banReason"> & { bannedAt: Date | null };

export function createAdministrationStore({ pool, prisma }: Database) {
  return {
    /** The newest first. */
    async search({ q = "", page, perPage }: FindUsers): Promise<{ items: ManagedUser[]; total: number }> {
      const [{ rows }, count] = await Promise.all([
        pool.query<UserRow>(selectPage, [q, perPage, (page - 1) * perPage]),
        pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM users WHERE ${matches}`, [q]),
      ]);
      const items = rows.map((row) => ({
        ...toAccount(row),
        username: row.username,
        isAgeVerified: row.isAgeVerified,
        bannedAt: row.bannedAt?.toISOString() ?? null,
        banReason: row.banReason,
      }));
      return { items, total: count.rows[0]?.total ?? 0 };
    },

    async findAdministrator(email: string): Promise<AdministratorState | null> {
      const row = await prisma.user.findUnique({
        where: { email },
        select: { ...accountColumns, passwordHash: true, deletedAt: true },
      });
      if (row === null) return null;
      const isAdministrator = row.role === "admin" && row.emailVerifiedAt !== null && row.deletedAt === null;
      return { id: row.id, isAdministrator, passwordHash: row.passwordHash };
    },

    /** False where the address has an account by now. */
    async create(account: NewAccount): Promise<boolean> {
      try {
        const data = { ...account, role: "admin", emailVerifiedAt: account.createdAt } as const;
        await prisma.user.create({ data, select: { id: true } });
        return true;
      } catch (error) {
        if (uniqueViolation(error) === "users_email_key") return false;
        throw error;
      }
    },

    /**
     * Makes an account the administrator, with this password, and ends its sessions: whoever held it before, perhaps
     * because they registered the address first, is out. False where it is no longer as it was judged.
     */
    promote(judged: AdministratorState, passwordHash: string, now: Date): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        await lockUser(tx, judged.id);
        const { count } = await tx.user.updateMany({
          where: { id: judged.id, passwordHash: judged.passwordHash },
          // Only hosts are available: a host who becomes the administrator goes offline.
          data: {
            ...{ role: "admin", passwordHash, emailVerifiedAt: now, isAvailable: false },
            ...{ deletedAt: null, purgeAt: null, bannedAt: null, banReason: null },
          },
        });
        if (count === 0) return false;
        await tx.emailToken.deleteMany({ where: { userId: judged.id } });
        await endSessions(tx, judged.id, now);
        return true;
      });
    },
  };
}
