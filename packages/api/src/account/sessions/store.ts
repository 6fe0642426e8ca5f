import type { Role } from "@parley/auth";
import type { Database, Transaction } from "@parley/db";
import { forgetSessionsBefore } from "./rules";

export interface NewSession {
  id: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: Date;
  expiresAt: Date;
  refreshToken: { id: string; hash: Uint8Array };
}

export interface StoredSession {
  id: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** A use of a refresh token: `next` takes its place until `expiresAt`, which becomes the session's end too. */
export interface Rotation {
  usedHash: Uint8Array;
  next: { id: string; hash: Uint8Array };
  now: Date;
  expiresAt: Date;
}

/** Whom the next access token is for. */
export interface TokenSubject {
  sessionId: string;
  userId: string;
  email: string;
  role: Role;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

// One statement: of parallel uses of a token the first locks its row, and the others then find it rotated. The session
// is checked under its own lock, so that what ends it either ends the new token too or comes first and prevents it.
const rotate = `WITH used AS (
    UPDATE refresh_tokens SET rotated_at = $3::timestamptz
    WHERE token_hash = $1 AND rotated_at IS NULL AND expires_at > $3
    RETURNING session_id
  ), live AS (
    UPDATE sessions s SET last_seen_at = $3, expires_at = $5::timestamptz
    FROM used, users u
    WHERE s.id = used.session_id AND s.ended_at IS NULL AND s.expires_at > $3
      AND u.id = s.user_id AND u.deleted_at IS NULL
    RETURNING s.id, s.user_id, u.email, u.role
  ), next AS (
    INSERT INTO refresh_tokens (id, session_id, token_hash, created_at, expires_at)
    SELECT $4::uuid, id, $2::bytea, $3, $5 FROM live
  )
  SELECT id, user_id, email, role::text FROM live`;

/** Sign-ins and the refresh tokens that keep them alive; of the tokens only hashes. */
export function createSessionStore({ pool, prisma }: Database) {
  return {
    /** False where the account is gone, or `passwordHash` is no longer its password's: it changed since it was checked. */
    open(userId: string, passwordHash: string, session: NewSession): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const users = await tx.$queryRaw<unknown[]>`
          SELECT 1 FROM users WHERE id = ${userId}::uuid AND password_hash = ${passwordHash} AND deleted_at IS NULL FOR SHARE`;
        if (users.length === 0) return false;
        await insertSession(tx, userId, session);
        return true;
      });
    },

    /** Null where the token is unknown, used, expired, or its session has ended. */
    async rotate({ usedHash, next, now, expiresAt }: Rotation): Promise<TokenSubject | null> {
      const { rows } = await pool.query<{ id: string; user_id: string; email: string; role: Role }>({
        name: "sessions.rotate",
        text: rotate,
        values: [Buffer.from(usedHash), Buffer.from(next.hash), now, next.id, expiresAt],
      });
      const [live] = rows;
      return live === undefined
        ? null
        : { sessionId: live.id, userId: live.user_id, email: live.email, role: live.role };
    },

    /** Where the token was rotated before and its session lives, someone else has it: ends every session of its owner. */
    endAllIfReused(tokenHash: Uint8Array, now: Date): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const token = await tx.refreshToken.findFirst({
          where: { tokenHash: Buffer.from(tokenHash), rotatedAt: { not: null }, session: isLive(now) },
          select: { session: { select: { userId: true } } },
        });
        if (token === null) return false;
        await endSessions(tx, token.session.userId, now);
        return true;
      });
    },

    /** Any token that the session ever had will do. */
    async endByToken(tokenHash: Uint8Array, now: Date): Promise<void> {
      await prisma.session.updateMany({
        where: { refreshTokens: { some: { tokenHash: Buffer.from(tokenHash) } }, endedAt: null },
        data: { endedAt: now },
      });
    },

    async list(userId: string, page: { skip: number; take: number }, now: Date) {
      const where = { userId, ...isLive(now) };
      const [items, total] = await Promise.all([
        prisma.session.findMany({
          where,
          orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
          select: { id: true, userAgent: true, ip: true, createdAt: true, lastSeenAt: true },
          ...page,
        }),
        prisma.session.count({ where }),
      ]);
      return { items: items satisfies StoredSession[], total };
    },

    /** False where the user has no such live session. */
    async end(userId: string, id: string, now: Date): Promise<boolean> {
      const { count } = await prisma.session.updateMany({
        where: { id, userId, ...isLive(now) },
        data: { endedAt: now },
      });
      return count > 0;
    },

    endOthers(userId: string, keptId: string | null, now: Date): Promise<void> {
      return prisma.$transaction((tx) => endSessions(tx, userId, now, keptId));
    },

    /** Rotated tokens are kept until they would have expired: until then their return tells of a theft. */
    async deleteExpired(now: Date): Promise<void> {
      const before = forgetSessionsBefore(now);
      await prisma.refreshToken.deleteMany({ where: { expiresAt: { lte: now } } });
      await prisma.session.deleteMany({ where: { OR: [{ endedAt: { lt: before } }, { expiresAt: { lt: before } }] } });
    },
  };
}

export async function insertSession(tx: Transaction, userId: string, session: NewSession): Promise<void> {
  const { refreshToken, createdAt, expiresAt, ...facts } = session;
  const token = { id: refreshToken.id, tokenHash: Buffer.from(refreshToken.hash), createdAt, expiresAt };
  await tx.session.create({
    data: { ...facts, userId, createdAt, lastSeenAt: createdAt, expiresAt, refreshTokens: { create: token } },
    select: { id: true },
  });
}

/**
 * Ends a person's sessions, all or all but one. The person's row is locked first: a sign-in in progress is waited for
 * and seen, and two who end the same sessions do so in turn.
 */
export async function endSessions(
  tx: Transaction,
  userId: string,
  now: Date,
  keptId: string | null = null,
): Promise<void> {
  await lockUser(tx, userId);
  const others = keptId === null ? {} : { id: { not: keptId } };
  await tx.session.updateMany({ where: { userId, endedAt: null, ...others }, data: { endedAt: now } });
}

/** Makes changes of one account follow each other; always the first lock that a transaction takes. */
export async function lockUser(tx: Transaction, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
}

function isLive(now: Date) {
  return { endedAt: null, expiresAt: { gt: now } };
}
