import type { ProviderDefinition } from "./definitions";
import type { ProviderProfile } from "./profiles";
import type { CodeProviderSettings, ProviderSettings } from "./settings";

/** What a sign-in left us, to ask the provider again with. */
export interface ProviderTokens {
  /** Where a token serves only along with a key of ours, both of them in one text. */
  accessToken: string;
  refreshToken: string | null;
  /** ISO 8601; null where the provider does not say. */
  expiresAt: string | null;
}

/** Who somebody is elsewhere, and what proves it from now on. */
export interface ProvenIdentity {
  profile: ProviderProfile;
  tokens: ProviderTokens;
}

interface Provider extends Pick<ProviderSettings, "provider" | "instanceName" | "name"> {
  /** Names it in addresses: "github", "mastodon-mastodon.example". */
  key: string;
  /** False where the provider has no address to tell: what proves the person then is the sign-in there alone. */
  tellsEmail: boolean;
  /**
   * Asks the provider again whose tokens these are, and has them renewed where they are over.
   * @returns the profile, and the tokens that serve from now on
   * @throws IdentityProviderError
   */
  askAgain(tokens: ProviderTokens, now: Date): Promise<ProvenIdentity>;
}

/** A provider to which a browser takes the whole request: whoever leads it there makes and checks state, PKCE and nonce. */
export interface CodeProvider extends Provider {
  kind: "code";
  /** What whoever leads a browser through the sign-in needs. */
  signIn: ProviderDefinition & Pick<CodeProviderSettings, "clientId" | "clientSecret">;
  /**
   * Asks the provider whose token this is.
   * @throws IdentityProviderError
   */
  readProfile(accessToken: string): Promise<ProviderProfile>;
}

/** A provider that is told of a sign-in before the browser comes (RFC 9126), and checked on by what was kept of it then. */
export interface PushedProvider extends Provider {
  kind: "pushed";
  /** How we describe ourselves to whoever reads it at our address; null on loopback, where nobody could. */
  clientMetadata: Readonly<Record<string, unknown>> | null;
  /**
   * @returns where the browser goes, and what its owner alone must have when it comes back: to be kept sealed
   * @throws IdentityProviderError
   */
  begin(): Promise<{ url: string; pending: string }>;
  /**
   * @param answer what stands in the address by which the browser came back
   * @throws Error that names the state, where this is not the answer to what is pending; IdentityProviderError
   */
  finish(answer: URLSearchParams, pending: string): Promise<ProvenIdentity>;
}

export type IdentityProvider = CodeProvider | PushedProvider;
