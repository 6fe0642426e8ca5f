import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientMetadataOf, createAtprotoClient } from "./client";

let server: Server;
let port: number;
let connections = 0;

const answer: RequestListener = (request, response) => {
  const isAway = request.url === "/away";
  response.writeHead(isAway ? 302 : 200, isAway ? { location: "/" } : {}).end("{}");
};

beforeAll(async () => {
  server = createServer(answer);
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** What asks servers, for whoever runs Parley with the server at `url`. */
async function fetchFor(url: string) {
  const named = { provider: "bluesky", instanceName: "", name: "Bluesky" } as const;
  const settings = { ...named, url, directoryUrl: url, webUrl: "https://parley.community" };
  return (await createAtprotoClient(settings, { state: null, session: null })).fetch;
}

describe("servers of whom people say that they are theirs", () => {
  test.each(["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "localhost", "localhost."])(
    "are none of ours: %s",
    async (host) => {
      const ask = await fetchFor("https://bsky.social");
      const before = connections;
      for (const protocol of ["http", "https"]) await expect(ask(`${protocol}://${host}:${port}/`)).rejects.toThrow();
      expect(connections).toBe(before);
    },
  );

  test("lead nowhere else", async () => {
    const ask = await fetchFor(`http://127.0.0.1:${port}`);
    expect((await ask(`http://127.0.0.1:${port}/`)).status).toBe(200);
    await expect(ask(`http://127.0.0.1:${port}/away`)).rejects.toThrow();
  });
});

test("on this machine browsers are sent back to its number, elsewhere to our name", () => {
  expect(clientMetadataOf("http://localhost:3000").redirect_uris).toEqual([
    "http://127.0.0.1:3000/api/auth/callback/bluesky",
  ]);
  expect(clientMetadataOf("https://parley.community").redirect_uris).toEqual([
    "https://parley.community/api/auth/callback/bluesky",
  ]);
});
