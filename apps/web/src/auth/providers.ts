import "server-only";
import type { Dependencies } from "@parley/api/dependencies";
import type { Profile } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";

type IdentityProvider = Dependencies["identityProviders"][number];
export type ProviderProfile = Awaited<ReturnType<IdentityProvider["readProfile"]>>;

/**
 * A provider as next-auth leads a browser through it: state, PKCE and nonce are its to make and to check. The profile is
 * read as it is read whenever the provider is asked again.
 */
export function oauthProvider({ key, name, signIn, readProfile }: IdentityProvider): OAuthConfig<ProviderProfile> {
  const { issuer, discoveryUrl, authorizationUrl, tokenUrl, jwksUrl, scope, checks } = signIn;
  return {
    id: key,
    name,
    type: "oauth",
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
    // Whom of our own people it is, and in which session, is found out afterwards.
    profile: ({ subject }) => ({ id: subject, sessionId: "" }),
  };
}

/** next-auth hands on the token set of its library, whose types it hides. It has checked the ID token by then. */
function claimsOf(tokens: object): { sub: string } {
  return (tokens as { claims(): { sub: string } }).claims();
}
