import { createServer, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFastLane, type LaneLimit } from "./fast-lane";
import { memoryByteCache } from "./fixtures/memory-stores";
import { newItem } from "./fixtures/shop-schema";
import { emptyShop, shopOptions, shopSurface } from "./fixtures/shop-surface";
import { mountSurface } from "./http/mount";

const url = "/shop/named/b%C3%B6ok";
const book = newItem("böok");
let shop = emptyShop();
let cache = memoryByteCache();
let app: FastifyInstance;
let limit: () => LaneLimit | Promise<LaneLimit>;
let answered: number[];

beforeEach(async () => {
  shop = emptyShop();
  shop.items.set(book.id, book);
  cache = memoryByteCache();
  limit = () => ({ isAllowed: true, limit: 30, remaining: 12, resetSeconds: 1_900_000_000 });
  answered = [];
  const lane = createFastLane({ cache, consume: () => limit(), onAnswer: (status) => answered.push(status) });
  app = Fastify({
    serverFactory: (handler: RequestListener) => createServer((req, res) => lane(req, res, handler)),
  });
  mountSurface(app, shopSurface, shopOptions(shop, { byteCache: cache }));
  await app.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(() => app.close());

interface Got {
  status: number | undefined;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

function get(headers: Record<string, string> = {}, path = url, method = "GET"): Promise<Got> {
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const req = request({ host: "127.0.0.1", port, path, method, headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () =>
        resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    req.on("error", reject);
    req.end();
  });
}

describe("the fast lane", () => {
  it("answers what Fastify would, without asking the procedure again", async () => {
    const slow = await get();
    const fast = await get();
    expect(shop.calls).toEqual(["byName"]);
    expect(answered).toEqual([200]);
    expect([fast.status, fast.body]).toEqual([slow.status, slow.body]);
    const own = {
      "x-request-id": "",
      "x-ratelimit-limit": "",
      "x-ratelimit-remaining": "",
      "x-ratelimit-reset": "",
      date: "",
    };
    expect({ ...fast.headers, ...own }).toEqual({ ...slow.headers, ...own });
    expect(fast.headers).toMatchObject({
      "x-ratelimit-limit": "30",
      "x-ratelimit-remaining": "12",
      "x-ratelimit-reset": "1900000000",
    });
  });

  it("echoes well-formed request ids, and makes others", async () => {
    await get();
    expect((await get({ "X-Request-Id": "mine-1" })).headers["x-request-id"]).toBe("mine-1");
    expect((await get({ "X-Request-Id": "not mine" })).headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers 304 to who holds the present state", async () => {
    const { headers } = await get();
    const unchanged = await get({ "If-None-Match": String(headers.etag) });
    expect([unchanged.status, unchanged.body, unchanged.headers.etag]).toEqual([304, "", headers.etag]);
    expect(unchanged.headers["content-type"]).toBeUndefined();
    expect(answered).toEqual([304]);
    expect((await get({ "If-None-Match": '"other"' })).status).toBe(200);
  });

  it.each([
    ["credentials", { authorization: "Bearer user" }, url, "GET"],
    ["an Origin", { origin: "https://shop.example" }, url, "GET"],
    ["a query", {}, `${url}?x=1`, "GET"],
    ["another method", {}, url, "HEAD"],
    ["another path", {}, "/shop/items", "GET"],
  ])("leaves requests with %s to Fastify", async (_, headers, path, method) => {
    await get();
    const { status } = await get(headers, path, method);
    expect([status, answered]).toEqual([200, []]);
  });

  it("forgets what has changed", async () => {
    await get();
    shop.items.set(book.id, { ...book, priceCents: 999 });
    cache.drop(`item:${book.id}`);
    expect(JSON.parse((await get()).body)).toMatchObject({ price: "9.99" });
  });

  it("waits for a limiter that answers later", async () => {
    limit = async () => ({ isAllowed: true, limit: 30, remaining: 3, resetSeconds: 1_900_000_000 });
    await get();
    expect((await get()).headers["x-ratelimit-remaining"]).toBe("3");
    expect(answered).toEqual([200]);
  });

  it.each<[string, () => LaneLimit | Promise<LaneLimit>]>([
    ["refuses", () => ({ isAllowed: false, limit: 30, remaining: 0, resetSeconds: 1_900_000_000 })],
    ["refuses later", async () => ({ isAllowed: false, limit: 30, remaining: 0, resetSeconds: 1_900_000_000 })],
    ["fails", () => Promise.reject(new Error("Redis is away"))],
  ])("leaves the answer to Fastify where the limiter %s", async (_, refusing) => {
    await get();
    limit = refusing;
    await get();
    expect([shop.calls, answered]).toEqual([["byName", "byName"], []]);
  });

  it("sends no limits where there are none", async () => {
    limit = () => null;
    await get();
    expect((await get()).headers["x-ratelimit-limit"]).toBeUndefined();
  });
});
