import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryByteCache } from "../fixtures/memory-stores";
import { newItem } from "../fixtures/shop-schema";
import { emptyShop, shopApp, shopOptions } from "../fixtures/shop-surface";
import { entityTag } from "./etag";

const user = { authorization: "Bearer user" };
let shop = emptyShop();
let cache = memoryByteCache();
let app = shopApp(shopOptions(shop));
const lamp = newItem("lamp");
const url = `/shop/items/01H455VB4PEX5VSKG000000001`;

beforeEach(() => {
  shop = emptyShop();
  shop.items.set(lamp.id, lamp);
  cache = memoryByteCache();
  app = shopApp(shopOptions(shop, { byteCache: cache }));
});
afterEach(() => app.close());

const get = (headers: Record<string, string> = {}) => app.inject({ url, headers: { ...user, ...headers } });
const put = (headers: Record<string, string>, payload: object = { price: "3" }) =>
  app.inject({ method: "PUT", url, headers: { ...user, ...headers }, payload });

describe("If-None-Match", () => {
  it.each([(tag: string) => tag, (tag: string) => `"other", W/${tag}`, () => "*"])(
    "names what is held: 304 without a body",
    async (spell) => {
      const tag = String((await get()).headers.etag);
      const { statusCode, body, headers } = await get({ "if-none-match": spell(tag) });
      expect([statusCode, body, headers.etag, headers["content-type"]]).toEqual([304, "", tag, undefined]);
      expect(headers["x-request-id"]).toBeDefined();
    },
  );

  it("names something else: 200", async () => {
    expect((await get({ "if-none-match": '"1-else"' })).statusCode).toBe(200);
  });
});

describe("If-Match", () => {
  it("lets a change of the present state pass, and answers with the new tag", async () => {
    const { statusCode, headers } = await put({ "if-match": String((await get()).headers.etag) });
    expect(statusCode).toBe(200);
    expect(headers.etag).toBe((await get()).headers.etag);
  });

  it("refuses a stale state", async () => {
    const tag = String((await get()).headers.etag);
    await put({});
    const stale = await put({ "if-match": tag });
    expect([stale.statusCode, stale.json().error.code]).toEqual([412, "precondition_failed"]);
  });

  it.each(['"1"', "1", '"x-abcdefghijklmnopqrstuv"', 'W/"1-abcdefghijklmnopqrstuv"', ""])(
    "refuses %s, which is no tag of ours",
    async (tag) => {
      expect((await put({ "if-match": tag })).statusCode).toBe(412);
    },
  );

  it("takes any state for *, and any of a list", async () => {
    expect((await put({ "if-match": "*" })).statusCode).toBe(200);
    const tag = String((await get()).headers.etag);
    expect((await put({ "if-match": `"1-abcdefghijklmnopqrstuv", ${tag}` })).statusCode).toBe(200);
  });

  it("cannot be slipped in through the body", async () => {
    expect((await put({}, { price: "3", expected_version: 99, expectedVersion: 99 })).statusCode).toBe(200);
  });
});

describe("the byte cache", () => {
  const named = "/shop/named/lamp";

  it("is given the whole answer, apart from what is one request's own", async () => {
    const { headers, body } = await app.inject(named);
    const kept = cache.read(named);
    expect(kept?.body).toBe(body);
    expect(kept?.etag).toBe(headers.etag);
    const names = kept?.headers.filter((_, i) => i % 2 === 0);
    expect(names?.sort()).toEqual(["cache-control", "content-length", "content-type", "etag", "vary"]);
  });

  it.each([
    ["a query", { url: `${named}?x=1` }],
    ["credentials", { url: named, headers: user }],
    ["an origin", { url: named, headers: { origin: "https://shop.example" } }],
    ["a refusal", { url: "/shop/named/nobody" }],
  ])("is not given answers to %s", async (_, request) => {
    await app.inject(request);
    expect(cache.read(request.url)).toBeUndefined();
  });

  it("loses an answer when what it shows changes", async () => {
    await app.inject(named);
    cache.drop(`item:${lamp.id}`);
    expect(cache.read(named)).toBeUndefined();
  });
});

describe("tags", () => {
  it("differ for other bytes and other versions", () => {
    const tags = [entityTag("a", 1), entityTag("b", 1), entityTag("a", 2), entityTag("a", null)];
    expect(new Set(tags).size).toBe(4);
    expect(entityTag("a", 1)).toBe(entityTag(Buffer.from("a"), 1));
  });
});
