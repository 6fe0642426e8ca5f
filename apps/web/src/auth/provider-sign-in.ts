import "server-only";
import { headers } from "next/headers";
import type { Account, User } from "next-auth";
import { clientOf } from "@/server/client";
import { dependencies } from "@/server/dependencies";
import { procedures } from "@/server/procedures";
import { currentActor } from "./actor";
import { linkIntent } from "./link-intent";
import { problemPage } from "./problem-page";
import type { ProviderProfile } from "./providers";
import { signInDestination } from "./sign-in-destination";

/**
 * The end of a sign-in at a provider, once it is known who it was there: links the account to whoever began it for that,
 * in the very session that began it, or signs in.
 * @returns true to go on with `user`, who then has ids of ours, or the page that tells how it went
 */
export async function finishProviderSignIn(
  user: User,
  account: Account,
  profile: ProviderProfile,
): Promise<true | string> {
  const { linkIdentity, signInWithIdentity, identityProblemOf } = await procedures();
  const deps = await dependencies();
  const key = account.provider;
  const proven = { key, profile, tokens: tokensOf(account) };
  const intent = await linkIntent.read();
  try {
    if (intent !== null) {
      const actor = await currentActor();
      const isTheSame = intent.key === key && actor !== null && actor.sessionId === intent.sessionId;
      if (!isTheSame) return problemPage({ problem: "mismatch", key, isLinking: actor !== null });
      await linkIdentity(deps, actor, proven);
      return `/settings/linked-accounts?linked=${encodeURIComponent(key)}`;
    }
    const { userId, sessionId } = await signInWithIdentity(deps, clientOf(await headers()), proven);
    user.id = userId;
    user.sessionId = sessionId;
    return true;
  } catch (error) {
    const problem = identityProblemOf(error);
    if (problem === null)
      deps.log.error({ err: error, provider: key }, "a sign-in at a provider could not be finished");
    const next = await signInDestination();
    return problemPage({ problem: problem ?? "failed", key, isLinking: intent !== null, next });
  }
}

function tokensOf({ access_token, refresh_token, expires_at }: Account) {
  return {
    accessToken: access_token ?? "",
    refreshToken: refresh_token ?? null,
    expiresAt: expires_at === undefined ? null : new Date(expires_at * 1_000).toISOString(),
  };
}
