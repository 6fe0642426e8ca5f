import type { NodeOAuthClient, NodeSavedSession, NodeSavedState, OAuthSession } from "@atproto/oauth-client-node";
import type { ProvenIdentity, PushedProvider } from "../identity-provider";
import { IdentityProviderError } from "../identity-provider-error";
import { type AtprotoProviderSettings, isOnThisMachine } from "../settings";
import { type AtprotoMemory, clientMetadataOf, createAtprotoClient, type Kept, loadLibrary } from "./client";
import { readAtprotoProfile } from "./profile";

/**
 * A server of the AT Protocol, such as Bluesky's. Requests are pushed, tokens serve only along with a key that is made for each
 * sign-in, and who somebody is stands in a directory that the server itself cannot write.
 */
export function createAtprotoProvider(settings: AtprotoProviderSettings, key: string): PushedProvider {
  const { provider, instanceName, name, url, webUrl } = settings;

  /** Who it is, and the tokens as they are after that was asked. */
  const prove = async (
    client: NodeOAuthClient,
    session: OAuthSession,
    memory: AtprotoMemory,
  ): Promise<ProvenIdentity> => {
    const { handle } = await client.identityResolver.resolve(session.did);
    const profile = await readAtprotoProfile(session, handle, url);
    if (memory.session === null) throw new IdentityProviderError("refused");
    return { profile, tokens: { accessToken: JSON.stringify(memory.session), refreshToken: null, expiresAt: null } };
  };
  const withMemory = <Value>(
    known: Partial<AtprotoMemory>,
    run: (client: NodeOAuthClient, memory: AtprotoMemory) => Promise<Value>,
  ) =>
    explained(async () => {
      const memory: AtprotoMemory = { state: null, session: null, ...known };
      return run(await createAtprotoClient(settings, memory), memory);
    });

  return {
    kind: "pushed",
    ...{ provider, instanceName, name, key },
    tellsEmail: true,
    clientMetadata: isOnThisMachine(webUrl) ? null : clientMetadataOf(webUrl),
    begin: () =>
      withMemory({}, async (client, memory) => {
        const { href } = await client.authorize(url);
        return { url: href, pending: JSON.stringify(memory.state) };
      }),
    async finish(answer, pending) {
      const state: Kept<NodeSavedState> = JSON.parse(pending);
      if (answer.get("state") !== state.name) throw new Error("The state is not that of the sign-in that is pending");
      return withMemory({ state }, async (client, memory) => {
        const { session } = await client.callback(answer);
        return prove(client, session, memory);
      });
    },
    askAgain({ accessToken }) {
      const session: Kept<NodeSavedSession> = JSON.parse(accessToken);
      return withMemory({ session }, async (client, memory) =>
        prove(client, await client.restore(session.name), memory),
      );
    },
  };
}

async function explained<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    throw await asProviderError(error);
  }
}

async function asProviderError(cause: unknown): Promise<IdentityProviderError> {
  if (cause instanceof IdentityProviderError) return cause;
  const library = await loadLibrary();
  const reasons = [cause, cause instanceof Error ? cause.cause : undefined];
  // With a cause, it only passes on what went wrong underneath.
  const isAnswer = cause instanceof library.OAuthCallbackError && cause.cause === undefined;
  const isRefusal = reasons.some(
    (reason) =>
      reason instanceof library.TokenRefreshError ||
      reason instanceof library.TokenRevokedError ||
      reason instanceof library.TokenInvalidError ||
      (reason instanceof library.OAuthResponseError && reason.status < 500),
  );
  if (isAnswer || isRefusal) return new IdentityProviderError("refused", { cause });
  const isUnreadable = reasons.some((reason) => reason instanceof Error && reason.name === "ZodError");
  return new IdentityProviderError(isUnreadable ? "unreadable" : "unreachable", { cause });
}
