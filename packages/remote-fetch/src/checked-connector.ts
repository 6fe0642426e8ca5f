import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { RemoteFetchError } from "./remote-fetch-error";

export interface Resolved {
  address: string;
  family: number;
}

export type Resolve = (hostname: string) => Promise<readonly Resolved[]>;

/** As the machine resolves names, hosts file and all: what counts is where a connection would go. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Opens connections to allowed addresses alone. The addresses that are checked are the very ones connected to: a name
 * is resolved once a connection, so that one which answers differently the second time gains nothing.
 */
export function checkedConnector(
  resolve: Resolve,
  isAllowed: (address: string) => boolean,
  timeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    maxCachedSessions: 0,
    lookup: checkedLookup(resolve, isAllowed),
  });
  return (options, callback) => {
    // An address in place of a name is connected to without a lookup.
    const literal = options.hostname.replace(/^\[(.*)\]$/, "$1");
    if (isIP(literal) !== 0 && !isAllowed(literal)) callback(new RemoteFetchError("private_address"), null);
    else connect(options, callback);
  };
}

function checkedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    const fail = (error: Error) => callback(error, "", 0);
    resolve(hostname).then((addresses) => {
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (first !== undefined && options.all) callback(null, [...allowed]);
      else if (first !== undefined) callback(null, first.address, first.family);
      else fail(new RemoteFetchError(addresses.length === 0 ? "unreachable" : "private_address"));
    }, fail);
  };
}
