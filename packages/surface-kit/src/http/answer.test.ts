import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newItem } from "../fixtures/shop-schema";
import { emptyShop, shopApp, shopOptions } from "../fixtures/shop-surface";

const user = { authorization: "Bearer user" };
const keeper = { authorization: "Bearer keeper" };

let shop = emptyShop();
let app = shopApp(shopOptions(shop));
const chair = newItem("chair", { labels: { someKey: "kept" } });
const chairId = "01H455VB4PEX5VSKG000000001";

beforeEach(() => {
  shop = emptyShop();
  shop.items.set(chair.id, chair);
  app = shopApp(shopOptions(shop));
});
afterEach(() => app.close());

describe("answers", () => {
  it("are spelt by the dialect", async () => {
    const { statusCode, body } = await app.inject({ url: `/shop/items/${chairId}`, headers: user });
    expect(statusCode).toBe(200);
    expect(body).toBe(
      `{"id":"${chairId}","display_name":"chair","price":"2.50","open_time":"09:00","created_at":"2026-03-15T10:00:00Z","labels":{"someKey":"kept"}}`,
    );
  });

  it("accept an id in lower case", async () => {
    const { statusCode } = await app.inject({ url: `/shop/items/${chairId.toLowerCase()}`, headers: user });
    expect(statusCode).toBe(200);
  });

  it("are lists with their links", async () => {
    for (let i = 0; i < 4; i += 1) {
      const item = newItem(`stool ${i}`);
      shop.items.set(item.id, item);
    }
    const { headers, ...answer } = await app.inject("/shop/items?per_page=2&page=2&min_price=0.5");
    expect(answer.json()).toMatchObject({
      success: true,
      data: [{ display_name: "stool 1" }, { display_name: "stool 2" }],
      pagination: { page: 2, per_page: 2, total: 5, total_pages: 3 },
    });
    const page = (number: number, rel: string) => `</shop/items?per_page=2&page=${number}&min_price=0.5>; rel="${rel}"`;
    expect(headers.link).toBe([page(3, "next"), page(1, "prev"), page(1, "first"), page(3, "last")].join(", "));
  });

  it("choose between the statuses declared", async () => {
    const request = {
      method: "POST" as const,
      url: "/shop/items",
      headers: user,
      payload: { display_name: "sofa", price: "9" },
    };
    expect((await app.inject(request)).statusCode).toBe(201);
    expect((await app.inject(request)).statusCode).toBe(200);
  });

  it("of 204 have no body, under the alias too", async () => {
    const { statusCode, body, headers } = await app.inject({
      method: "DELETE",
      url: `/shop/things/${chairId}`,
      headers: keeper,
    });
    expect([statusCode, body, headers["content-type"], headers["content-length"]]).toEqual([
      204,
      "",
      undefined,
      undefined,
    ]);
    expect(shop.items.size).toBe(0);
  });

  it("can be files", async () => {
    const { rawPayload, headers } = await app.inject({ url: `/shop/items/${chairId}/picture`, headers: user });
    expect([...rawPayload]).toEqual([1, 2, 3]);
    expect(headers).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff" });
  });

  it("redirect to what a thing is called now, the query included", async () => {
    const { statusCode, headers, ...answer } = await app.inject("/shop/named/Former%20Name?x=1");
    expect(statusCode).toBe(307);
    expect(headers.location).toBe("/shop/named/new%20n%C3%A4me?x=1");
    expect(answer.json()).toEqual({
      error: { code: "moved", message: "It has a new name", details: { name: "new näme" } },
    });
  });

  it("to HEAD are those to GET without the body", async () => {
    const get = await app.inject({ url: `/shop/items/${chairId}`, headers: { ...user, "x-request-id": "same" } });
    const head = await app.inject({
      method: "HEAD",
      url: `/shop/items/${chairId}`,
      headers: { ...user, "x-request-id": "same" },
    });
    expect(head.body).toBe("");
    expect({ ...head.headers, date: "" }).toEqual({ ...get.headers, date: "" });
  });

  it("carry the request's id where it is well formed, and the limits", async () => {
    const { headers } = await app.inject({ url: "/shop/items", headers: { "x-request-id": "a.b-C_1" } });
    expect(headers).toMatchObject({
      "x-request-id": "a.b-C_1",
      "x-ratelimit-limit": "100",
      "x-ratelimit-remaining": "99",
      "x-ratelimit-reset": "1900000000",
    });
    const forged = await app.inject({ url: "/shop/items", headers: { "x-request-id": "a b" } });
    expect(forged.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});
