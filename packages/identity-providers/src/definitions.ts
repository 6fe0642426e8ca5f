import { fromGitHub, fromMastodon, fromOpenIdClaims, fromX, type ReadProfile } from "./profiles";
import type { CodeProviderSettings } from "./settings";

/** How a provider speaks OAuth, and where it tells who somebody is. */
export interface ProviderDefinition {
  issuer: string;
  /** Of those who publish their endpoints: found there, the others need not be said. */
  discoveryUrl?: string;
  authorizationUrl?: string;
  tokenUrl?: string;
  jwksUrl?: string;
  scope: string;
  /** True where an ID token comes with the access token, and is to be checked. */
  isOpenIdConnect: boolean;
  /** How we show our secret. */
  clientAuthentication: "client_secret_basic" | "client_secret_post";
  /** What protects a sign-in from being another's; PKCE wherever it is understood. */
  checks: readonly ("state" | "pkce" | "nonce")[];
  /** Where profiles are read, by the name that `readProfile` has for it; none for the published userinfo endpoint. */
  resources: Readonly<Record<string, string>>;
  readProfile: ReadProfile;
  /** False where the provider has no address to tell: what proves the person then is the sign-in there alone. */
  tellsEmail: boolean;
}

/** Sources: the providers' own documentation. */
export function definitionOf({ provider, instanceName, url, scope }: CodeProviderSettings): ProviderDefinition {
  switch (provider) {
    case "oidc":
      return {
        issuer: url,
        discoveryUrl: `${url}/.well-known/openid-configuration`,
        scope: scope ?? "openid profile email",
        isOpenIdConnect: true,
        clientAuthentication: "client_secret_basic",
        checks: ["state", "pkce", "nonce"],
        resources: {},
        readProfile: fromOpenIdClaims,
        tellsEmail: true,
      };
    case "github":
      return {
        issuer: `${url}/login/oauth`,
        authorizationUrl: `${url}/login/oauth/authorize`,
        tokenUrl: `${url}/login/oauth/access_token`,
        scope: "read:user user:email",
        isOpenIdConnect: false,
        clientAuthentication: "client_secret_post",
        checks: ["state", "pkce"],
        resources: { user: "https://api.github.com/user", emails: "https://api.github.com/user/emails?per_page=100" },
        readProfile: fromGitHub,
        tellsEmail: true,
      };
    case "mastodon":
      return {
        issuer: url,
        authorizationUrl: `${url}/oauth/authorize`,
        tokenUrl: `${url}/oauth/token`,
        scope: "read:accounts",
        isOpenIdConnect: false,
        clientAuthentication: "client_secret_post",
        checks: ["state", "pkce"],
        resources: { account: `${url}/api/v1/accounts/verify_credentials` },
        readProfile: fromMastodon(instanceName),
        tellsEmail: false,
      };
    case "linkedin":
      return {
        issuer: `${url}/oauth`,
        authorizationUrl: `${url}/oauth/v2/authorization`,
        tokenUrl: `${url}/oauth/v2/accessToken`,
        jwksUrl: `${url}/oauth/openid/jwks`,
        scope: "openid profile email",
        isOpenIdConnect: true,
        clientAuthentication: "client_secret_post",
        // It knows neither PKCE beside a client's secret nor a nonce.
        checks: ["state"],
        resources: { userinfo: "https://api.linkedin.com/v2/userinfo" },
        readProfile: fromOpenIdClaims,
        tellsEmail: true,
      };
    case "x":
      return {
        issuer: url,
        authorizationUrl: `${url}/i/oauth2/authorize`,
        tokenUrl: "https://api.x.com/2/oauth2/token",
        scope: "users.read tweet.read users.email offline.access",
        isOpenIdConnect: false,
        clientAuthentication: "client_secret_basic",
        checks: ["state", "pkce"],
        resources: { user: "https://api.x.com/2/users/me?user.fields=confirmed_email,profile_image_url" },
        readProfile: fromX,
        tellsEmail: true,
      };
  }
}
