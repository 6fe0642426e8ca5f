import { createAtprotoProvider } from "./atproto/provider";
import { createCodeProvider } from "./code-provider";
import type { IdentityProvider } from "./identity-provider";
import { IdentityProviderError } from "./identity-provider-error";
import type { ProviderSettings } from "./settings";

export type { CodeProvider, IdentityProvider, ProvenIdentity, PushedProvider } from "./identity-provider";
export type { ProviderProfile } from "./profiles";
export type { ProviderSettings } from "./settings";

/** The providers with which people may sign in, and nothing that is kept of anyone. */
export function createIdentityProviders(settings: readonly ProviderSettings[]): IdentityProvider[] {
  return settings.map((one) =>
    one.provider === "bluesky"
      ? createAtprotoProvider(one, providerKey(one))
      : createCodeProvider(one, providerKey(one)),
  );
}

/** One spelling wherever a provider is named by text. */
export function providerKey({ provider, instanceName }: Pick<ProviderSettings, "provider" | "instanceName">): string {
  return provider === "mastodon" ? `mastodon-${instanceName}` : provider;
}

/** What a provider's failure means for whoever asked; null for any other error. */
export function identityProviderProblem(error: unknown): { isRefusal: boolean; message: string } | null {
  return error instanceof IdentityProviderError
    ? { isRefusal: error.reason === "refused", message: error.message }
    : null;
}
