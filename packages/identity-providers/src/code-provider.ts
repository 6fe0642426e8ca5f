import * as openId from "openid-client";
import { definitionOf, type ProviderDefinition } from "./definitions";
import type { CodeProvider, ProviderTokens } from "./identity-provider";
import { IdentityProviderError } from "./identity-provider-error";
import type { ProviderProfile } from "./profiles";
import type { CodeProviderSettings } from "./settings";

const timeoutSeconds = 10;

/** A provider that speaks plain OAuth 2 or OpenID Connect. */
export function createCodeProvider(settings: CodeProviderSettings, key: string): CodeProvider {
  const { provider, instanceName, name, clientId, clientSecret } = settings;
  const definition = definitionOf(settings);
  const configuration = onceItWorks(() => configure(settings, definition));

  const readProfile = (accessToken: string): Promise<ProviderProfile> =>
    explained(async () => {
      const config = await configuration();
      const answers: Record<string, unknown> = {};
      if (Object.keys(definition.resources).length === 0) {
        answers.userinfo = await openId.fetchUserInfo(config, accessToken, openId.skipSubjectCheck);
      }
      for (const [resource, url] of Object.entries(definition.resources)) {
        answers[resource] = await readResource(config, accessToken, new URL(url));
      }
      return definition.readProfile(answers);
    });

  const refresh = (refreshToken: string): Promise<ProviderTokens> =>
    explained(async () => {
      const answer = await openId.refreshTokenGrant(await configuration(), refreshToken);
      const seconds = answer.expiresIn();
      return {
        accessToken: answer.access_token,
        // Those that keep serving are not sent again.
        refreshToken: answer.refresh_token ?? refreshToken,
        expiresAt: seconds === undefined ? null : new Date(Date.now() + seconds * 1_000).toISOString(),
      };
    });

  return {
    kind: "code",
    ...{ provider, instanceName, name, key, readProfile },
    tellsEmail: definition.tellsEmail,
    signIn: { ...definition, clientId, clientSecret },
    async askAgain(tokens, now) {
      const { accessToken, refreshToken, expiresAt } = tokens;
      const isOver = expiresAt !== null && new Date(expiresAt) <= now;
      if (refreshToken === null || !isOver) {
        try {
          return { profile: await readProfile(accessToken), tokens };
        } catch (error) {
          // Not every provider says how long a token serves.
          const isRefused = error instanceof IdentityProviderError && error.reason === "refused";
          if (refreshToken === null || !isRefused) throw error;
        }
      }
      const renewed = await refresh(refreshToken);
      return { profile: await readProfile(renewed.accessToken), tokens: renewed };
    },
  };
}

async function configure(
  { clientId, clientSecret }: CodeProviderSettings,
  definition: ProviderDefinition,
): Promise<openId.Configuration> {
  const { issuer, discoveryUrl, tokenUrl: token_endpoint, clientAuthentication } = definition;
  const authentication =
    clientAuthentication === "client_secret_basic"
      ? openId.ClientSecretBasic(clientSecret)
      : openId.ClientSecretPost(clientSecret);
  const isInsecure = issuer.startsWith("http://");
  const configuration =
    discoveryUrl === undefined
      ? new openId.Configuration({ issuer, token_endpoint }, clientId, clientSecret, authentication)
      : await openId.discovery(new URL(discoveryUrl), clientId, clientSecret, authentication, {
          timeout: timeoutSeconds,
          execute: isInsecure ? [openId.allowInsecureRequests] : [],
        });
  configuration.timeout = timeoutSeconds;
  return configuration;
}

async function readResource(config: openId.Configuration, accessToken: string, url: URL): Promise<unknown> {
  const headers = new Headers({ accept: "application/json" });
  const response = await openId.fetchProtectedResource(config, accessToken, url, "GET", undefined, headers);
  if (response.status === 401 || response.status === 403) throw new IdentityProviderError("refused");
  if (!response.ok) throw new IdentityProviderError("unreachable");
  return response.json();
}

/** Published endpoints are read once; a failure is not remembered. */
function onceItWorks<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function explained<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    throw asProviderError(error);
  }
}

function asProviderError(cause: unknown): IdentityProviderError {
  if (cause instanceof IdentityProviderError) return cause;
  const status =
    cause instanceof openId.WWWAuthenticateChallengeError || cause instanceof openId.ResponseBodyError
      ? cause.status
      : null;
  if (status !== null) return new IdentityProviderError(status < 500 ? "refused" : "unreachable", { cause });
  if (cause instanceof Error && cause.name === "ZodError") return new IdentityProviderError("unreadable", { cause });
  return new IdentityProviderError("unreachable", { cause });
}
