import type { Actor, Auth } from "@parley/auth";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Client } from "../../context";
import { DomainError, notFound } from "../../errors";
import type { pageRequest } from "../../primitives";
import { boundedUserAgent, sessionExpiry } from "./rules";
import type { SessionPage, TokenPair } from "./schema";
import type { NewSession, SessionStore, TokenSubject } from "./store";

export interface SessionDependencies {
  auth: Pick<Auth, "issueAccessToken" | "opaqueTokens">;
  sessions: SessionStore;
  clock(): Date;
}

/** A session to be stored, and the refresh token whose hash it holds. */
export function newSession(
  deps: Pick<SessionDependencies, "auth" | "clock">,
  client: Client | null,
): { session: NewSession; refreshToken: string } {
  const now = deps.clock();
  const { token, hash } = deps.auth.opaqueTokens.create("rt_");
  const session: NewSession = {
    id: uuidv7(),
    userAgent: boundedUserAgent(client?.userAgent ?? null),
    ip: client?.address ?? null,
    createdAt: now,
    expiresAt: sessionExpiry(now),
    refreshToken: { id: uuidv7(), hash },
  };
  return { session, refreshToken: token };
}

export async function tokenPairFor(
  deps: { auth: Pick<Auth, "issueAccessToken"> },
  subject: TokenSubject,
  refreshToken: string,
): Promise<TokenPair> {
  const { token, expiresInSeconds } = await deps.auth.issueAccessToken(subject);
  return { accessToken: token, refreshToken, expiresIn: expiresInSeconds };
}

/**
 * Exchanges a refresh token, which serves once. One that comes back after its use was stolen, before or after: we
 * cannot tell who is the thief, so every session of its owner ends.
 * @throws unauthorized
 */
export async function refresh(deps: SessionDependencies, input: { refreshToken: string }): Promise<TokenPair> {
  const now = deps.clock();
  const usedHash = deps.auth.opaqueTokens.hash(input.refreshToken);
  const { token, hash } = deps.auth.opaqueTokens.create("rt_");
  const subject = await deps.sessions.rotate({
    usedHash,
    next: { id: uuidv7(), hash },
    now,
    expiresAt: sessionExpiry(now),
  });
  if (subject === null) {
    await deps.sessions.endAllIfReused(usedHash, now);
    throw new DomainError("unauthorized", "This refresh token is not valid; sign in again");
  }
  return tokenPairFor(deps, subject, token);
}

/** Ends the session that the token belongs to, if there is one. Never refuses. */
export async function signOut(deps: SessionDependencies, input: { refreshToken: string }): Promise<void> {
  await deps.sessions.endByToken(deps.auth.opaqueTokens.hash(input.refreshToken), deps.clock());
}

/** The caller's live sessions, the last active first. */
export async function listSessions(
  deps: Pick<SessionDependencies, "sessions" | "clock">,
  actor: Actor,
  { page, perPage }: z.infer<typeof pageRequest>,
): Promise<SessionPage> {
  const slice = { skip: (page - 1) * perPage, take: perPage };
  const { items, total } = await deps.sessions.list(actor.userId, slice, deps.clock());
  return {
    items: items.map(({ createdAt, lastSeenAt, ...session }) => ({
      ...session,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      isCurrent: session.id === actor.sessionId,
    })),
    page,
    perPage,
    total,
  };
}

/** @throws not_found when the caller has no such live session. */
export async function endSession(
  deps: Pick<SessionDependencies, "sessions" | "clock">,
  actor: Actor,
  input: { id: string },
): Promise<void> {
  if (!(await deps.sessions.end(actor.userId, input.id, deps.clock()))) throw notFound("Session");
}

/** Ends every session of the caller but the one that asks. */
export async function endOtherSessions(
  deps: Pick<SessionDependencies, "sessions" | "clock">,
  actor: Actor,
): Promise<void> {
  await deps.sessions.endOthers(actor.userId, actor.sessionId, deps.clock());
}
