import type { Database, Transaction } from "@parley/db";
import { uniqueViolation } from "@parley/db/errors";
import { enqueue } from "@parley/db/jobs";
import { type DocumentType, toDocumentType } from "./rules";
import type { AgeVerification, AgeVerificationRequest, ListAgeVerifications } from "./schema";

export interface NewRequest {
  id: string;
  userId: string;
  birthDate: string;
  documentKey: string;
  documentType: DocumentType;
  submittedAt: Date;
}

export type RecordResult = "recorded" | "verified_already" | "pending_already" | "account_gone";

export interface Decision {
  status: "verified" | "rejected";
  /** Shown to the person; null for an approval. */
  reason: string | null;
  /** The administrator, or null where the provider decided. */
  decidedById: string | null;
  decidedAt: Date;
}

export type DecideResult =
  | { outcome: "decided"; request: AgeVerificationRequest }
  | { outcome: "decided_already" }
  | { outcome: "unknown" };

/** What the mail about a decision tells, and to whom. */
export interface DecisionNews {
  email: string;
  displayName: string;
  status: "verified" | "rejected";
  reason: string | null;
}

export type AgeVerificationStore = ReturnType<typeof createAgeVerificationStore>;

const requestColumns = {
  id: true,
  userId: true,
  birthDate: true,
  status: true,
  reason: true,
  documentType: true,
  submittedAt: true,
  decidedAt: true,
  user: { select: { email: true, displayName: true } },
} as const;

export function createAgeVerificationStore({ prisma }: Database) {
  return {
    /** Where a person stands: the fact in their row first, then their latest request. Null: no such account. */
    async find(userId: string): Promise<AgeVerification | null> {
      const user = await prisma.user.findFirst({
        where: { id: userId, deletedAt: null },
        select: {
          ageVerifiedAt: true,
          ageVerifications: {
            orderBy: [{ submittedAt: "desc" }, { id: "desc" }],
            take: 1,
            select: { status: true, reason: true, submittedAt: true },
          },
        },
      });
      if (user === null) return null;
      const [latest] = user.ageVerifications;
      const submittedAt = latest?.submittedAt.toISOString() ?? null;
      if (user.ageVerifiedAt !== null) return { status: "verified", reason: null, submittedAt };
      return { status: latest?.status ?? "none", reason: latest?.reason ?? null, submittedAt };
    },

    /** Orders a look at an object that is about to be stored: should no request come to own it, it is removed then. */
    async orderDocumentCheck(key: string, runAt: Date): Promise<void> {
      await prisma.$transaction((tx) => orderRemoval(tx, key, runAt));
    },

    /** The row of the person is locked first, here and in `decide`: a request cannot slip in while one is approved. */
    async record(request: NewRequest): Promise<RecordResult> {
      try {
        return await prisma.$transaction(async (tx) => {
          const [user] = await tx.$queryRaw<{ is_verified: boolean }[]>`
            SELECT age_verified_at IS NOT NULL AS is_verified FROM users
            WHERE id = ${request.userId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
          if (user === undefined) return "account_gone";
          if (user.is_verified) return "verified_already";
          await tx.ageVerification.create({
            data: { ...request, birthDate: new Date(request.birthDate) },
            select: { id: true },
          });
          return "recorded";
        });
      } catch (error) {
        if (uniqueViolation(error) === "age_verifications_one_pending") return "pending_already";
        throw error;
      }
    },

    /** Compare and swap: of several decisions on one request exactly one is taken, with all that follows from it. */
    async decide(id: string, decision: Decision): Promise<DecideResult> {
      return prisma.$transaction(async (tx) => {
        const request = await tx.ageVerification.findUnique({
          where: { id },
          select: { userId: true, documentKey: true },
        });
        if (request === null) return { outcome: "unknown" };
        await tx.$queryRaw`SELECT id FROM users WHERE id = ${request.userId}::uuid FOR NO KEY UPDATE`;
        const { count } = await tx.ageVerification.updateMany({
          where: { id, status: "pending" },
          data: { ...decision, documentKey: null },
        });
        if (count === 0) return { outcome: "decided_already" };
        if (decision.status === "verified") {
          const data = { ageVerifiedAt: decision.decidedAt };
          await tx.user.update({ where: { id: request.userId }, data, select: { id: true } });
        }
        if (request.documentKey !== null) await orderRemoval(tx, request.documentKey);
        await enqueue(tx, "hostOnboarding.sendDecisionMail", { ageVerificationId: id });
        const decided = await tx.ageVerification.findUniqueOrThrow({ where: { id }, select: requestColumns });
        return { outcome: "decided", request: toRequest(decided) };
      });
    },

    /** Those who wait come first come, first served; what is decided is listed newest first. */
    async list({ status, page, perPage }: ListAgeVerifications) {
      const order = status === "pending" ? "asc" : "desc";
      const [rows, total] = await Promise.all([
        prisma.ageVerification.findMany({
          where: { status },
          orderBy: [{ submittedAt: order }, { id: order }],
          skip: (page - 1) * perPage,
          take: perPage,
          select: requestColumns,
        }),
        prisma.ageVerification.count({ where: { status } }),
      ]);
      return { items: rows.map(toRequest), total };
    },

    async findDocument(id: string): Promise<{ key: string; contentType: DocumentType } | null> {
      const row = await prisma.ageVerification.findFirst({
        where: { id, status: "pending" },
        select: { documentKey: true, documentType: true },
      });
      if (row === null || row.documentKey === null) return null;
      return { key: row.documentKey, contentType: toDocumentType(row.documentType) };
    },

    /** Whether a request that is still open owns this object. */
    async isDocumentOwned(key: string): Promise<boolean> {
      return (await prisma.ageVerification.count({ where: { documentKey: key } })) > 0;
    },

    /** Null while undecided, or where the account has gone since. */
    async findDecision(id: string): Promise<DecisionNews | null> {
      const row = await prisma.ageVerification.findFirst({
        where: { id, user: { deletedAt: null } },
        select: { status: true, reason: true, user: { select: { email: true, displayName: true } } },
      });
      if (row === null || row.status === "pending") return null;
      return { ...row.user, status: row.status, reason: row.reason };
    },
  };
}

/** One job an object: what orders it at once replaces what would have looked later. */
function orderRemoval(tx: Transaction, key: string, runAt?: Date) {
  return enqueue(
    tx,
    "hostOnboarding.deleteDocument",
    { key },
    { jobKey: `hostOnboarding.deleteDocument:${key}`, runAt },
  );
}

interface RequestRow {
  id: string;
  userId: string;
  birthDate: Date;
  status: AgeVerificationRequest["status"];
  reason: string | null;
  documentType: string;
  submittedAt: Date;
  decidedAt: Date | null;
  user: { email: string; displayName: string };
}

function toRequest({ user, ...row }: RequestRow): AgeVerificationRequest {
  return {
    ...row,
    ...user,
    birthDate: row.birthDate.toISOString().slice(0, 10),
    documentType: toDocumentType(row.documentType),
    submittedAt: row.submittedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}
