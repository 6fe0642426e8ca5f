import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type Provider from "oidc-provider";
import { type OidcAccount, readAccount, signInPage } from "./oidc-pages";

export type { OidcAccount } from "./oidc-pages";

export interface OidcServer {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who people are there, by subject. Whoever signs in says so at its door; who is taken out has no tokens any more. */
  accounts: Map<string, OidcAccount>;
  close(): Promise<void>;
}

export interface OidcServerOptions {
  /** Where browsers may be sent back to. */
  redirectUris: string[];
  /** How long access tokens serve. Default an hour. */
  accessTokenSeconds?: number;
}

/**
 * A real OpenID Connect server on loopback: discovery, authorization code with PKCE, ID tokens, userinfo, refresh tokens.
 * At its door one says who one is, without a password, or that one would rather not.
 */
export async function startOidcServer({
  redirectUris,
  accessTokenSeconds = 3_600,
}: OidcServerOptions): Promise<OidcServer> {
  const accounts = new Map<string, OidcAccount>();
  let provider: Provider;
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const clientId = "parley";
  const clientSecret = randomUUID();
  provider = await createProvider();

  async function createProvider(): Promise<Provider> {
    const { default: OidcProvider } = await import("oidc-provider");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return new OidcProvider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: redirectUris,
          grant_types: ["authorization_code", "refresh_token"],
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] as never },
      cookies: { keys: [randomUUID()] },
      claims: { email: ["email", "email_verified"], profile: ["name", "preferred_username", "picture"] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      issueRefreshToken: () => true,
      rotateRefreshToken: true,
      ttl: {
        AccessToken: accessTokenSeconds,
        AuthorizationCode: 60,
        Grant: 3_600,
        IdToken: 3_600,
        Interaction: 600,
        RefreshToken: 3_600,
        Session: 600,
      },
      findAccount: (_, sub) => {
        const account = accounts.get(sub);
        return account && { accountId: sub, claims: () => ({ ...account, sub }) };
      },
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const uid = /^\/interaction\/([\w-]+)/.exec(request.url ?? "")?.[1];
    if (uid === undefined) return provider.callback()(request, response);
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(signInPage(uid));
      return;
    }
    const account = await readAccount(request);
    if (account === null) {
      const refusal = { error: "access_denied", error_description: "The person would rather not" };
      return provider.interactionFinished(request, response, refusal);
    }
    accounts.set(account.sub, account);
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: account.sub, clientId });
    grant.addOIDCScope(String(params.scope));
    await provider.interactionFinished(request, response, {
      login: { accountId: account.sub, remember: false },
      consent: { grantId: await grant.save() },
    });
  }

  return {
    ...{ issuer, clientId, clientSecret, accounts },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
