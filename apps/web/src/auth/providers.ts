import "server-only";
import type { CodeProvider, IdentityProvider, ProviderProfile, PushedProvider } from "@parley/identity-providers";
import type { Profile, TokenSet } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { env } from "@/env";
import { pendingSignIn } from "./pending-sign-in";

export type { ProviderProfile } from "@parley/identity-providers";

/** A provider as next-auth leads a browser through it. */
export function oauthProvider(provider: IdentityProvider): OAuthConfig<ProviderProfile> {
  return {
    id: provider.key,
    name: provider.name,
    type: "oauth",
    ...(provider.kind === "code" ? codeSignIn(provider) : pushedSignIn(provider)),
    // Whom of our own people it is, and in which session, is found out afterwards.
    profile: ({ subject }) => ({ id: subject, sessionId: "" }),
  };
}

type SignIn = Omit<OAuthConfig<ProviderProfile>, "id" | "name" | "type" | "profile">;

/** State, PKCE and nonce are next-auth's to make and to check. The profile is read as it is whenever the provider is asked again. */
function codeSignIn({ signIn, readProfile }: CodeProvider): SignIn {
  const { issuer, discoveryUrl, authorizationUrl, tokenUrl, jwksUrl, scope, checks } = signIn;
  return {
    ...(discoveryUrl === undefined ? { issuer, jwks_endpoint: jwksUrl } : { wellKnown: discoveryUrl }),
    authorization: { url: authorizationUrl, params: { scope } },
    token: { url: tokenUrl },
    userinfo: {
      async request({ tokens }) {
        const profile = await readProfile(tokens.access_token ?? "");
        // The ID token is signed; whoever the access token stands for has to be the same.
        if (signIn.isOpenIdConnect && claimsOf(tokens).sub !== profile.subject) {
          throw new Error("The ID token and the profile are of two people");
        }
        return profile as Profile;
      },
    },
    idToken: signIn.isOpenIdConnect,
    checks: [...checks],
    clientId: signIn.clientId,
    clientSecret: signIn.clientSecret,
    client: { token_endpoint_auth_method: signIn.clientAuthentication },
  };
}

/**
 * The way there leads over a page of our own, which tells the provider first. What comes back is known by what that page
 * left in a sealed cookie: state, PKCE and the key of the tokens are the provider's to make and to check.
 */
function pushedSignIn({ key, finish }: PushedProvider): SignIn {
  let proven: Awaited<ReturnType<PushedProvider["finish"]>> | undefined;
  return {
    authorization: { url: `${env().webUrl}/api/auth/pushed/${key}` },
    token: {
      async request({ params }) {
        const known = await pendingSignIn.read();
        if (known?.key !== key) throw new Error("There is no state of a sign-in that is pending");
        proven = await finish(new URLSearchParams(params as Record<string, string>), known.pending);
        return { tokens: { access_token: proven.tokens.accessToken } as TokenSet };
      },
    },
    userinfo: { request: () => proven?.profile as Profile },
    idToken: false,
    checks: [],
    clientId: key,
  };
}

/** next-auth hands on the token set of its library, whose types it hides. It has checked the ID token by then. */
function claimsOf(tokens: object): { sub: string } {
  return (tokens as { claims(): { sub: string } }).claims();
}
