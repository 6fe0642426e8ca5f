import * as openId from "openid-client";
import { definitionOf, type ProviderDefinition } from "./definitions";
import { IdentityProviderError } from "./identity-provider-error";
import type { ProviderProfile } from "./profiles";
import type { ProviderSettings } from "./settings";

export type { ProviderProfile } from "./profiles";
export type { ProviderSettings } from "./settings";

/** What a sign-in left us, to ask the provider again with. */
export interface ProviderTokens {
  accessToken: string;
  refreshToken: string | null;
  /** ISO 8601; null where the provider does not say. */
  expiresAt: string | null;
}

export interface IdentityProvider extends Pick<ProviderSettings, "provider" | "instanceName" | "name"> {
  /** Names it in addresses: "github", "mastodon-mastodon.example". */
  key: string;
  /** What whoever leads a browser through the sign-in needs. */
  signIn: ProviderDefinition & Pick<ProviderSettings, "clientId" | "clientSecret">;
  /**
   * Asks the provider whose token this is.
   * @throws IdentityProviderError
   */
  readProfile(accessToken: string): Promise<ProviderProfile>;
  /** @throws IdentityProviderError */
  refresh(refreshToken: string): Promise<ProviderTokens>;
}

const timeoutSeconds = 10;

/** The providers with which people may sign in, and nothing that is kept of anyone. */
export function createIdentityProviders(settings: readonly ProviderSettings[]): IdentityProvider[] {
  return settings.map(createIdentityProvider);
}

/** One spelling wherever a provider is named by text. */
export function providerKey({ provider, instanceName }: Pick<ProviderSettings, "provider" | "instanceName">): string {
  return provider === "mastodon" ? `mastodon-${instanceName}` : provider;
}

function createIdentityProvider(settings: ProviderSettings): IdentityProvider {
  const { provider, instanceName, name, clientId, clientSecret } = settings;
  const definition = definitionOf(settings);
  const configuration = onceItWorks(() => configure(settings, definition));
  return {
    ...{ provider, instanceName, name, key: providerKey(settings) },
    signIn: { ...definition, clientId, clientSecret },
    readProfile: (accessToken) =>
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
      }),
    refresh: (refreshToken) =>
      explained(async () => {
        const answer = await openId.refreshTokenGrant(await configuration(), refreshToken);
        const seconds = answer.expiresIn();
        return {
          accessToken: answer.access_token,
          // Those that keep serving are not sent again.
          refreshToken: answer.refresh_token ?? refreshToken,
          expiresAt: seconds === undefined ? null : new Date(Date.now() + seconds * 1_000).toISOString(),
        };
      }),
  };
}

async function configure(
  { clientId, clientSecret }: ProviderSettings,
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

/** What a provider's failure means for whoever asked; null for any other error. */
export function identityProviderProblem(error: unknown): { isRefusal: boolean; message: string } | null {
  return error instanceof IdentityProviderError
    ? { isRefusal: error.reason === "refused", message: error.message }
    : null;
}
