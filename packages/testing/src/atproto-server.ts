import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

import { type AtprotoAccount, createAtprotoStore } from "./atproto-store";

export type { AtprotoAccount } from "./atproto-store";

export interface AtprotoServer {
  /** The server itself, and the directory of who is where. */
  url: string;
  /** Who people are there, by DID; another process says so by `PUT /accounts/{did}`. Whoever is taken out has no tokens any more. */
  accounts: Map<string, AtprotoAccount>;
  /** Forgets what it has given out: every token is refused from now on. */
  revokeAll(): void;
  close(): Promise<void>;
}

export interface AtprotoServerOptions {
  /** How long access tokens serve. Default an hour. */
  accessTokenSeconds?: number;
  /** Where descriptions of clients at https addresses are read. Default: nowhere, so that only clients on loopback may come. */
  fetchClient?: typeof fetch;
}

/**
 * A personal data server of the AT Protocol on loopback, as far as signing in goes: the protocol's own authorization server
 * with its own pages (pushed requests, DPoP, public clients), a person's facts, and the directory that says where they are.
 */
export async function startAtprotoServer({
  accessTokenSeconds = 3_600,
  fetchClient,
}: AtprotoServerOptions = {}): Promise<AtprotoServer> {
  const { AccessTokenMode, JoseKey, OAuthProvider, oauthMiddleware } = await import("@atproto/oauth-provider");
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const accounts = new Map<string, AtprotoAccount>();
  const store = createAtprotoStore(accounts, audience);
  const provider = new OAuthProvider({
    issuer: url,
    keyset: [await JoseKey.generate(["ES256"])],
    // Tokens that are looked up whenever they are shown: they can be taken back.
    accessTokenMode: AccessTokenMode.stateful,
    tokenMaxAge: accessTokenSeconds * 1_000,
    safeFetch: fetchClient ?? (() => Promise.reject(new Error("This server reads no descriptions of clients"))),
    store,
  });
  const oauth = oauthMiddleware(provider);
  handle = (request, response) => {
    void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pathname = decodeURIComponent(new URL(request.url ?? "/", url).pathname);
    if (request.method === "PUT" && pathname.startsWith("/accounts/")) {
      accounts.set(pathname.slice("/accounts/".length), (await json(request)) as AtprotoAccount);
      response.writeHead(204).end();
      return;
    }
    const facts = resources[pathname] ?? (pathname.startsWith("/did:") ? readDirectory : undefined);
    if (facts === undefined) return oauth(request, response);
    const { status, body } = await facts(request, response);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  type Answer = { status: number; body: object };
  const resources: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<Answer> | Answer> = {
    "/.well-known/oauth-protected-resource": () => ok({ resource: url, authorization_servers: [url] }),
    "/xrpc/com.atproto.identity.resolveHandle": resolveHandle,
    "/xrpc/com.atproto.server.getSession": readSession,
    "/xrpc/com.atproto.repo.getRecord": readProfileRecord,
  };

  function readDirectory(request: IncomingMessage): Answer {
    const did = decodeURIComponent((request.url ?? "").slice(1));
    const account = accounts.get(did);
    if (account === undefined) return { status: 404, body: { message: `DID not registered: ${did}` } };
    return ok({
      id: did,
      alsoKnownAs: [`at://${account.handle}`],
      service: [{ id: "#atproto_pds", type: "AtprotoPersonalDataServer", serviceEndpoint: account.dataServer ?? url }],
    });
  }

  function resolveHandle(request: IncomingMessage): Answer {
    const wanted = new URL(request.url ?? "/", url).searchParams.get("handle");
    const [did] = [...accounts].find(([, { handle: name }]) => name === wanted) ?? [];
    if (did === undefined)
      return { status: 400, body: { error: "HandleNotFound", message: "Unable to resolve handle" } };
    return ok({ did });
  }

  async function readSession(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const nonce = provider.nextDpopNonce();
    if (nonce !== undefined) response.setHeader("DPoP-Nonce", nonce);
    try {
      const target = new URL(request.url ?? "/", url);
      const verify = { audience: [audience], scope: ["atproto"] } satisfies Parameters<
        typeof provider.authenticateRequest
      >[3];
      const { sub, scope = "" } = await provider.authenticateRequest("GET", target, request.headers, verify);
      const account = accounts.get(sub);
      if (account === undefined)
        return { status: 400, body: { error: "AccountNotFound", message: "Account not found" } };
      const { handle: name, email, isConfirmed } = account;
      const address = scope.split(" ").includes("transition:email") ? { email, emailConfirmed: isConfirmed } : {};
      return ok({ did: sub, handle: name, active: true, ...address });
    } catch (error) {
      if (!(error instanceof Error && "wwwAuthenticateHeader" in error)) throw error;
      response.setHeader("WWW-Authenticate", String(error.wwwAuthenticateHeader));
      return { status: 401, body: { error: "InvalidToken", message: error.message } };
    }
  }

  function readProfileRecord(request: IncomingMessage): Answer {
    const query = new URL(request.url ?? "/", url).searchParams;
    const account = accounts.get(query.get("repo") ?? "");
    if (account?.displayName === undefined && account?.avatarCid === undefined) {
      return { status: 400, body: { error: "RecordNotFound", message: "Could not locate record" } };
    }
    const { displayName, avatarCid: $link } = account;
    const avatar = $link && { $type: "blob", ref: { $link }, mimeType: "image/jpeg", size: 1 };
    const value = { $type: "app.bsky.actor.profile", displayName, ...(avatar && { avatar }) };
    return ok({ uri: `at://${query.get("repo")}/app.bsky.actor.profile/self`, value });
  }

  return {
    ...{ url, accounts, revokeAll: store.revokeAll },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The server's own name, for which its tokens are meant. */
const audience = "did:web:personal-data.test";

function ok(body: object) {
  return { status: 200, body };
}
