import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect } from "vitest";
import { createRemoteFetch, type ReadOptions } from "../src/remote-fetch";
import { RemoteFetchError } from "../src/remote-fetch-error";

/** What stands for the internet here, and what for our own network. Both are loopback; only the first is allowed. */
export const outside = "127.0.0.1";
export const inside = "127.0.0.2";

export const isAllowed = (address: string) => address === outside;

export interface Networks {
  /** How the server outside answers; "hello" unless a test has it otherwise. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** What it was asked. */
  seen: IncomingMessage[];
  server: Server;
  port: number;
  connectionsInside: number;
  /** By name, its addresses. `rebinding.test` leads outside and inside by turns. */
  names: Record<string, string[]>;
  lookups: number;
  resolve(hostname: string): Promise<{ address: string; family: number }[]>;
  /** The address of a path at one of the servers. */
  at(host: string, path?: string): string;
  read(url: string, options?: Partial<ReadOptions>): ReturnType<ReturnType<typeof createRemoteFetch>["read"]>;
}

/** A server outside and one inside, anew for every test of the file. */
export function useNetworks(): Networks {
  let insideServer: Server;
  const networks: Networks = {
    answer: () => {},
    seen: [],
    server: createServer(),
    port: 0,
    connectionsInside: 0,
    names: {
      "outside.test": [outside],
      "inside.test": [inside],
      "both.test": [inside, outside],
      "nowhere.test": [],
    },
    lookups: 0,
    async resolve(hostname) {
      networks.lookups += 1;
      if (hostname === "rebinding.test") {
        return [{ address: networks.lookups % 2 === 1 ? outside : inside, family: 4 }];
      }
      const addresses = networks.names[hostname];
      if (addresses === undefined) throw Object.assign(new Error("ENOTFOUND"), { code: "ENOTFOUND" });
      return addresses.map((address) => ({ address, family: 4 }));
    },
    at: (host, path = "/") => `http://${host}:${networks.port}${path}`,
    read: (url, options = {}) =>
      createRemoteFetch({ isAllowed, resolve: networks.resolve }).read(url, {
        maxBytes: 1_000,
        timeoutMs: 10_000,
        ...options,
      }),
  };

  beforeEach(async () => {
    networks.seen = [];
    networks.answer = (_, response) => response.end("hello");
    networks.server = createServer((request, response) => {
      networks.seen.push(request);
      networks.answer(request, response);
    });
    networks.port = await listen(networks.server, outside);
    networks.connectionsInside = 0;
    insideServer = createServer((_, response) => response.end("secret")).on("connection", () => {
      networks.connectionsInside += 1;
    });
    // The same port, so that a name alone can lead from one to the other.
    await listen(insideServer, inside, networks.port);
  });
  afterEach(() => {
    for (const each of [networks.server, insideServer]) {
      each.closeAllConnections();
      each.close();
    }
  });
  return networks;
}

function listen(target: Server, host: string, at = 0): Promise<number> {
  return new Promise((resolve) => {
    target.listen(at, host, () => resolve((target.address() as AddressInfo).port));
  });
}

/** Why it was not read. @throws where it was. */
export async function refusal(reading: Promise<unknown>): Promise<RemoteFetchError["reason"]> {
  const error = await reading.then(
    () => "it was read",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RemoteFetchError);
  return (error as RemoteFetchError).reason;
}

export const textOf = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString();
