import type {
  NodeOAuthClient,
  NodeSavedSession,
  NodeSavedState,
  OAuthClientMetadataInput,
} from "@atproto/oauth-client-node";
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

/** The library takes a third of a second to load: no process waits for it to which nobody comes by Bluesky. */
export const loadLibrary = () => import("@atproto/oauth-client-node");

/** Who we are to servers of the AT Protocol. Source: its OAuth specification, "Clients". */
export function clientMetadataOf(webUrl: string): OAuthClientMetadataInput {
  const isLocal = isOnThisMachine(webUrl);
  const own = (path: string) => new URL(path, webUrl);
  const callback = own(callbackPath);
  // The name would lead to any of several addresses; only a number is let through.
  if (isLocal && callback.hostname === "localhost") callback.hostname = "127.0.0.1";
  // Clients on loopback are described by their very name.
  const described = new URLSearchParams({ scope, redirect_uri: callback.href });
  return {
    client_id: isLocal ? `http://localhost?${described}` : own(metadataPath).href,
    ...(!isLocal && { client_name: "Parley", client_uri: own("/").href as `https://${string}` }),
    redirect_uris: [callback.href as `https://${string}`],
    scope,
    response_types: ["code"],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "none",
    application_type: isLocal ? "native" : "web",
    dpop_bound_access_tokens: true,
  };
}

/** A client for one person's affairs: it remembers what it is given, and what it learns, in `memory`. */
export async function createAtprotoClient(
  settings: AtprotoProviderSettings,
  memory: AtprotoMemory,
): Promise<NodeOAuthClient> {
  const [library, { safeFetchWrap }] = await Promise.all([loadLibrary(), import("@atproto-labs/fetch-node")]);
  const isLocal = isOnThisMachine(settings.url);
  // People's servers are where they say: that must not lead to what only we can reach.
  const safeFetch = safeFetchWrap({
    ...{ ssrfProtection: !isLocal, allowPrivateIps: isLocal, allowHttp: isLocal, allowIpHost: isLocal },
    allowCustomPort: true,
  });
  return new library.NodeOAuthClient({
    clientMetadata: clientMetadataOf(settings.webUrl),
    plcDirectoryUrl: settings.directoryUrl,
    handleResolver: settings.url,
    allowHttp: isLocal,
    fetch: (input, init) => safeFetch(input, { redirect: "error", ...init }),
    requestLock: library.requestLocalLock,
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
