import { Agent, errors, request } from "undici";
import { checkedConnector, type Resolve, resolveBySystem } from "./checked-connector";
import { isPublicAddress } from "./public-address";
import { acceptEncoding, readBody } from "./read-body";
import { RemoteFetchError } from "./remote-fetch-error";

export interface RemoteFetchOptions {
  /** Which IP addresses may be connected to. Default: those of the public internet. Another is for tests alone. */
  isAllowed?(address: string): boolean;
  /** How names become addresses. Default: as the system does it. */
  resolve?: Resolve;
  /** How we call ourselves. */
  userAgent?: string;
}

export interface ReadOptions {
  /** The most bytes of the answer, both as sent and unpacked. */
  maxBytes: number;
  /** For everything together: names, connections, redirects, and a body that trickles. */
  timeoutMs: number;
  /** Default 3. */
  maxRedirects?: number;
  accept?: string;
  /** More headers, such as If-None-Match. Each address led to gets them too: never a secret. */
  headers?: Readonly<Record<string, string>>;
}

export interface RemoteAnswer {
  status: number;
  /** As sent; empty where it was not. Never to be trusted: the bytes decide. */
  contentType: string;
  bytes: Uint8Array;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
}

export interface RemoteFetch {
  /**
   * Reads, with GET, an address that a person gave. Any status but a redirect is an answer.
   * @throws RemoteFetchError, and nothing else, whatever the address and whatever answers there.
   */
  read(url: string, options: ReadOptions): Promise<RemoteAnswer>;
}

/**
 * Fetches what people ask our servers to fetch, and never what only our servers can see: on every hop the address is
 * checked that is connected to. No cookies, no credentials, no proxy of the environment, no connection is kept.
 */
export function createRemoteFetch(fetchOptions: RemoteFetchOptions = {}): RemoteFetch {
  const { isAllowed = isPublicAddress, resolve = resolveBySystem, userAgent = "Parley" } = fetchOptions;
  return {
    async read(url, options) {
      const connect = checkedConnector(resolve, isAllowed, options.timeoutMs);
      // One for each read, without pipelining: connections end with it.
      const agent = new Agent({ connect, pipelining: 0, headersTimeout: 0, bodyTimeout: 0 });
      const signal = AbortSignal.timeout(options.timeoutMs);
      try {
        return await follow(agent, signal, url, userAgent, options);
      } catch (error) {
        throw asRemoteFetchError(error, signal);
      } finally {
        await agent.destroy();
      }
    },
  };
}

async function follow(
  agent: Agent,
  signal: AbortSignal,
  first: string,
  userAgent: string,
  { maxBytes, maxRedirects = 3, accept = "*/*", headers: more }: ReadOptions,
): Promise<RemoteAnswer> {
  let url = checkedUrl(first);
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const headers = { ...more, accept, "accept-encoding": acceptEncoding, "user-agent": userAgent };
    const response = await request(url, { dispatcher: agent, signal, headers });
    const answered = flatten(response.headers);
    const { location } = answered;
    if (!isRedirect(response.statusCode) || location === undefined) {
      const bytes = await readBody(response.body, answered, maxBytes);
      return { status: response.statusCode, contentType: answered["content-type"] ?? "", bytes, headers: answered };
    }
    // What it says besides is not waited for, nor how it ends.
    response.body.on("error", () => {}).destroy();
    url = nextUrl(url, location);
  }
  throw new RemoteFetchError("too_many_redirects");
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function checkedUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new RemoteFetchError("not_an_address");
  }
  if (url.username !== "" || url.password !== "") throw new RemoteFetchError("credentials");
  url.hash = "";
  return url;
}

/** Addresses of calendars are secrets: what was asked for in private is not asked for in the open. */
function nextUrl(from: URL, location: string): URL {
  const url = checkedUrl(location, from);
  if (from.protocol === "https:" && url.protocol === "http:") throw new RemoteFetchError("insecure_redirect");
  return url;
}

/** Of a header that is there several times, all of them in one line. */
function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

function asRemoteFetchError(error: unknown, signal: AbortSignal): RemoteFetchError {
  if (error instanceof RemoteFetchError) return error;
  if (signal.aborted) return new RemoteFetchError("too_slow", { cause: error });
  // Several addresses that fail each in its own way come as one error.
  const causes = error instanceof AggregateError ? error.errors : [error];
  const refusal = causes.find((cause) => cause instanceof RemoteFetchError);
  if (refusal !== undefined) return refusal;
  if (error instanceof errors.HTTPParserError) return new RemoteFetchError("unreadable", { cause: error });
  if (error instanceof errors.HeadersOverflowError) return new RemoteFetchError("too_large", { cause: error });
  return new RemoteFetchError("unreachable", { cause: error });
}
