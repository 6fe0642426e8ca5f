import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newItem } from "../fixtures/shop-schema";
import { emptyShop, shopApp, shopOptions } from "../fixtures/shop-surface";

const user = { authorization: "Bearer user" };
const keeper = { authorization: "Bearer keeper" };
const json = { "content-type": "application/json" };
const unknownId = "01H455VB4PEX5VSKNK084SN02Q";

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

describe("the order of checks", () => {
  it("is rate limit, 401, 403, shape, state", async () => {
    const over = shopApp(shopOptions(shop, { limit: { limit: 100, remaining: -1, resetSeconds: 1_900_000_000 } }));
    const request = { method: "PUT" as const, url: "/shop/hours", headers: json, payload: "{" };
    expect((await over.inject(request)).statusCode).toBe(429);
    expect((await over.inject(request)).headers["retry-after"]).toBe("60");
    expect((await app.inject(request)).statusCode).toBe(401);
    expect((await app.inject({ ...request, headers: { ...json, ...user } })).statusCode).toBe(403);
    expect((await app.inject({ ...request, headers: { ...json, ...keeper } })).statusCode).toBe(400);
    await over.close();
  });

  it("is the same for a content type that cannot be parsed", async () => {
    const request = { method: "PUT" as const, url: "/shop/hours", payload: "{}" };
    for (const type of ["nonsense", "a/b/c", "/", "; charset=utf-8", ""]) {
      const statuses = [{}, user, keeper].map(
        async (caller) => (await app.inject({ ...request, headers: { ...caller, "content-type": type } })).statusCode,
      );
      expect(await Promise.all(statuses), type).toEqual([401, 403, 415]);
    }
  });

  it("puts 401 before what the path says", async () => {
    expect((await app.inject("/shop/items/nonsense")).statusCode).toBe(401);
  });
});

describe("refusals", () => {
  const create = (payload: unknown) =>
    app.inject({ method: "POST", url: "/shop/items", headers: { ...user, ...json }, payload: JSON.stringify(payload) });

  it("tell every fault at once, in wire spelling", async () => {
    const answer = await create({ price: "2.555", open_time: "9" });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toEqual({
      error: {
        code: "validation_error",
        message: "Some fields are not valid",
        details: {
          display_name: "is required",
          price: "must be a decimal string with at most two digits after the point",
          open_time: "must be a time as HH:MM",
        },
      },
    });
  });

  it("name the fields that the native schema refuses", async () => {
    const answer = await create({ display_name: "", price: "0.01" });
    expect(Object.keys(answer.json().error.details)).toEqual(["display_name", "price"]);
  });

  it("name the fields that the domain refuses", async () => {
    expect((await create({ display_name: "chair", price: "1" })).json().error).toMatchObject({
      code: "conflict",
      details: { display_name: "is taken" },
    });
    const hours = { slots: [{ day_of_week: 1, start_time: "10:00", end_time: "09:00" }] };
    const answer = await app.inject({ method: "PUT", url: "/shop/hours", headers: keeper, payload: hours });
    expect(answer.json().error.details).toEqual({ "slots.0.start_time": "must be before the end" });
  });

  it("say nothing of faults inside", async () => {
    const answer = await create({ display_name: "broken", price: "1" });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain("secret");
    expect(answer.json().error.code).toBe("internal");
  });

  it.each([
    ["no ULID at all", "nonsense"],
    ["bits that are no UUID", "01JN2X4K8M00000PZRVWT6YBHC"],
    ["nobody's id", unknownId],
  ])("answer 404 to %s in the path", async (_, id) => {
    expect((await app.inject({ url: `/shop/items/${id}`, headers: user })).statusCode).toBe(404);
  });

  it("answer 404 where a path breaks a rule of its field", async () => {
    expect((await app.inject(`/shop/named/${"x".repeat(30)}`)).statusCode).toBe(404);
  });

  it("answer 400 where the domain itself refuses what the path names", async () => {
    const answer = await app.inject("/shop/named/forbidden");
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toMatchObject({ code: "validation_error", details: { name: "may not be asked for" } });
  });

  it("are problem details where the caller lists that type, with the same status", async () => {
    const answer = await app.inject({
      method: "POST",
      url: "/shop/items?x=1",
      headers: { ...user, ...json, accept: "application/json, application/problem+json" },
      payload: { price: "1" },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(answer.json()).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: "Some fields are not valid",
      instance: "/shop/items",
      code: "validation_error",
      errors: { display_name: "is required" },
    });
  });

  it("of 401 say how to authenticate, and that a token sent was not valid", async () => {
    expect((await app.inject(`/shop/items/${chairId}`)).headers["www-authenticate"]).toBe("Bearer");
    const bad = await app.inject({ url: `/shop/items/${chairId}`, headers: { authorization: "Bearer bad" } });
    expect(bad.headers["www-authenticate"]).toBe('Bearer error="invalid_token"');
  });

  it("meet two credentials, while a token in the query alone is not read", async () => {
    const url = `/shop/items/${chairId}?access_token=user`;
    expect((await app.inject({ url, headers: user })).statusCode).toBe(400);
    expect((await app.inject(url)).statusCode).toBe(401);
  });

  it("meet unknown paths and wrong methods in the same spelling", async () => {
    expect((await app.inject("/shop/nowhere")).json().error).toMatchObject({ code: "not_found", details: null });
    const wrong = await app.inject({ method: "PATCH", url: "/shop/items" });
    expect([wrong.statusCode, wrong.headers.allow, wrong.json().error.code]).toEqual([
      405,
      "GET, HEAD, POST",
      "method_not_allowed",
    ]);
    const options = await app.inject({ method: "OPTIONS", url: `/shop/items/${chairId}` });
    expect([options.statusCode, options.headers.allow]).toEqual([204, "GET, HEAD, PUT, DELETE"]);
  });

  it("count what reaches no procedure, where the app asks for it", async () => {
    const counting = shopApp(
      shopOptions(shop, {
        countUnrouted: async () => {
          throw new Error("over the limit");
        },
        toFailure: () => ({ code: "rate_limited", message: "Too many", details: null, retryAfterSeconds: 7 }),
      }),
    );
    const { statusCode, headers } = await counting.inject("/shop/nowhere");
    expect([statusCode, headers["retry-after"], headers["x-ratelimit-limit"]]).toEqual([429, "7", "100"]);
    await counting.close();
  });
});

describe("queries", () => {
  it.each(["page=0", "page=x", "page=1&page=2", "per_page=101", "min_price=1.234", "min_price=", "is_new=1"])(
    "refuse %s",
    async (query) => {
      const answer = await app.inject(`/shop/items?${query}`);
      expect(answer.statusCode).toBe(400);
      expect(Object.keys(answer.json().error.details)).toEqual([query.split("=")[0]]);
    },
  );

  it.each(["", "page=2&per_page=5", "is_new=true", "tag=a", "tag=a&tag=b", "unknown=1&__proto__=2&perPage=0"])(
    "read %s",
    async (query) => {
      expect((await app.inject(`/shop/items?${query}`)).statusCode).toBe(200);
    },
  );
});
