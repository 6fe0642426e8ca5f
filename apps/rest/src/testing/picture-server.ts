import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { type Colour, pngOf } from "./picture";

/** What stands for the internet in these tests, and what for our own network. Both are loopback. */
const outside = "127.0.0.1";
const inside = "127.0.0.2";

/** For `remoteFetch`: lets the first through alone, and knows names for both, one of which is now this and now that. */
export function outsideAlone() {
  let lookups = 0;
  const named = (hostname: string) => {
    if (hostname === "inside.test") return inside;
    lookups += 1;
    return lookups % 2 === 1 ? outside : inside;
  };
  return {
    isAllowed: (address: string) => address === outside,
    resolve: async (hostname: string) => [{ address: named(hostname), family: 4 }],
  };
}

const pages: Record<string, (response: ServerResponse) => void> = {
  "/page": (response) => response.end("<html>"),
  "/huge": (response) => response.setHeader("content-type", "image/png").end(Buffer.alloc(5 * 1024 * 1024 + 1)),
  "/endless": (response) => {
    const timer = setInterval(() => response.write("x"), 50);
    response.on("close", () => clearInterval(timer));
  },
  "/inwards": (response) => response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
  // By the same name, which stands for our own network when it is looked up again.
  "/again": (response) => response.writeHead(302, { location: "/1-2-3.png", connection: "close" }).end(),
  "/loop": (response) => response.writeHead(302, { location: "/loop" }).end(),
};

export interface PictureServer {
  /** The address of a page: `/page`, `/huge`, `/endless`, `/inwards`, `/again`, `/loop`; of any other it answers 404. */
  at(path: string, hostname?: string): string;
  /** The address of a picture of one colour. */
  pictureOf(colour: Colour): string;
}

/** A site with pictures, and with all that may stand where somebody says there is one. Runs for the tests of a file. */
export function usePictureServer(): PictureServer {
  const server = createServer(({ url = "" }, response) => {
    const colour = /^\/(\d+)-(\d+)-(\d+)\.png$/.exec(url)?.slice(1).map(Number);
    if (colour !== undefined)
      response.setHeader("content-type", "image/png").end(pngOf(colour as [number, number, number]));
    else if (pages[url] !== undefined) pages[url](response);
    else response.writeHead(404).end();
  });
  beforeAll(async () => {
    server.listen(0, outside);
    await once(server, "listening");
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const at = (path: string, hostname = outside) =>
    `http://${hostname}:${(server.address() as AddressInfo).port}${path}`;
  return { at, pictureOf: (colour) => at(`/${colour.join("-")}.png`) };
}
