import {
  atprotoLoopbackClientMetadata,
  buildAtprotoLoopbackClientId,
  NodeOAuthClient,
  type NodeSavedSession,
  type NodeSavedState,
  type OAuthClientMetadataInput,
  requestLocalLock,
} from "@atproto/oauth-client-node";
import { safeFetchWrap } from "@atproto-labs/fetch-node";
import { type AtprotoProviderSettings, isOnThisMachine } from "../settings";

/** Whose account it is, and which address it has: nothing that could be read or written in somebody's name. */
const scope = "atproto transition:email";

/** At which of our addresses a server of the AT Protocol reads who we are. */
const metadataPath = "/oauth-client-metadata.json";

const callbackPath = "/api/auth/callback/bluesky";

/** One value of one name, as a store of the library's. */
export interface Kept<Value> {
  name: string;
  value: Value;
}

export interface AtprotoMemory {
  state: Kept<NodeSavedState> | null;
  session: Kept<NodeSavedSession> | null;
}

/** Who we are to servers of the AT Protocol. Source: its OAuth specification, "Clients". */
export function clientMetadataOf(webUrl: string): OAuthClientMetadataInput {
  if (isOnThisMachine(webUrl)) {
    const here = new URL(callbackPath, webUrl);
    // The name would lead to any of several addresses; only a number is let through.
    if (here.hostname === "localhost") here.hostname = "127.0.0.1";
    const redirect = here.href as `http://127.0.0.1${string}`;
    return atprotoLoopbackClientMetadata(buildAtprotoLoopbackClientId({ scope, redirect_uris: [redirect] }));
  }
  const own = (path: string) => `${webUrl}${path}` as `https://${string}`;
  return {
    client_id: own(metadataPath),
    client_name: "Parley",
    client_uri: own("/"),
    redirect_uris: [own(callbackPath)],
    scope,
    response_types: ["code"],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "none",
    application_type: "web",
    dpop_bound_access_tokens: true,
  };
}

/** A client for one person's affairs: it remembers what it is given, and what it learns, in `memory`. */
export function createAtprotoClient(settings: AtprotoProviderSettings, memory: AtprotoMemory): NodeOAuthClient {
  const isLocal = isOnThisMachine(settings.url);
  // People's servers are where they say: that must not lead to what only we can reach.
  const safeFetch = safeFetchWrap({
    ...{ ssrfProtection: !isLocal, allowPrivateIps: isLocal, allowHttp: isLocal, allowIpHost: isLocal },
    allowCustomPort: true,
  });
  return new NodeOAuthClient({
    clientMetadata: clientMetadataOf(settings.webUrl),
    plcDirectoryUrl: settings.directoryUrl,
    handleResolver: settings.url,
    allowHttp: isLocal,
    fetch: (input, init) => safeFetch(input, { redirect: "error", ...init }),
    requestLock: requestLocalLock,
    stateStore: keptIn(memory, "state"),
    sessionStore: keptIn(memory, "session"),
  });
}

function keptIn<Part extends keyof AtprotoMemory>(memory: AtprotoMemory, part: Part) {
  type Value = NonNullable<AtprotoMemory[Part]>["value"];
  return {
    async get(name: string): Promise<Value | undefined> {
      const kept = memory[part];
      return kept?.name === name ? kept.value : undefined;
    },
    async set(name: string, value: Value): Promise<void> {
      memory[part] = { name, value } as AtprotoMemory[Part];
    },
    async del(): Promise<void> {
      memory[part] = null;
    },
  };
}
