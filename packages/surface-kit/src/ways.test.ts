import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { type ShopRouter, shopRouter } from "./fixtures/shop-router";
import { newItem } from "./fixtures/shop-schema";
import { emptyShop, shopOptions, shopSurface } from "./fixtures/shop-surface";
import type { MountOptions, RequestFacts } from "./http/context";
import { mountSurface } from "./http/mount";
import { openApiDocument } from "./openapi/document";
import { planRoute } from "./plan";
import { defineSurface, type RouteBuilder, type Route as SurfaceRoute } from "./surface";

const bearer = { type: "http", scheme: "bearer" } as const;
const session = { type: "apiKey", in: "cookie", name: "sid" } as const;

function surfaceOf(routes: (route: RouteBuilder<ShopRouter>) => readonly SurfaceRoute[]) {
  const { name, basePath, title, version, description, dialect } = shopSurface;
  const facts = { name, basePath, title, version, description, dialect };
  return defineSurface<ShopRouter>()({ ...facts, securitySchemes: { bearer, session }, auth: ["bearer"], routes });
}

const surface = surfaceOf((route) => [
  route("GET /token/{itemId}", "items.get"),
  route("GET /cookie/{itemId}", "items.get", { auth: ["session"] }),
  route("PUT /cookie/{itemId}", "items.update", { auth: ["session"] }),
  route("GET /both/{itemId}", "items.get", { auth: ["session", "bearer"] }),
  route("GET /open", "items.list", { auth: ["session", "bearer"] }),
]);
const id = "01H455VB4PEX5VSKG000000001";

let app: FastifyInstance;

function openApp(more: Partial<MountOptions> = {}): void {
  const shop = emptyShop();
  const item = newItem("chair");
  shop.items.set(item.id, item);
  app = Fastify();
  mountSurface(app, surface, shopOptions(shop, more));
}

describe("the ways of a route", () => {
  afterEach(() => app.close());

  it("are told with what a request says of its caller", async () => {
    const seen: RequestFacts[] = [];
    const { createContext } = shopOptions(emptyShop());
    openApp({
      createContext: (facts) => {
        seen.push(facts);
        return createContext(facts);
      },
    });
    for (const url of [`/shop/token/${id}`, `/shop/cookie/${id}`, `/shop/both/${id}`]) {
      await app.inject({ url, headers: { cookie: "sid=1" } });
    }
    expect(seen.map(({ auth }) => auth)).toEqual([["bearer"], ["session"], ["session", "bearer"]]);
    expect(seen.map(({ method, header }) => [method, header("cookie")])).toEqual(new Array(3).fill(["GET", "sid=1"]));
  });

  it("are what a 401 asks for, and what answers differ by", async () => {
    openApp();
    const ask = async (path: string, headers = {}) => {
      const answer = await app.inject({ url: `/shop/${path}/${id}`, headers });
      return [answer.statusCode, answer.headers["www-authenticate"], answer.headers.vary];
    };
    const worthless = { authorization: "Bearer bad" };
    expect(await ask("token")).toEqual([401, "Bearer", "Authorization, Accept"]);
    expect(await ask("cookie")).toEqual([401, 'Cookie cookie-name="sid"', "Cookie, Accept"]);
    expect(await ask("cookie", worthless)).toEqual([401, 'Cookie cookie-name="sid"', "Cookie, Accept"]);
    expect(await ask("both")).toEqual([401, "Bearer", "Authorization, Cookie, Accept"]);
    expect(await ask("both", worthless)).toEqual([
      401,
      'Bearer error="invalid_token"',
      "Authorization, Cookie, Accept",
    ]);
  });

  it("stand in the document, with a 403 where there can be one, and what an API token needs", async () => {
    openApp();
    const document = openApiDocument(surface, shopRouter, { scopeOf: (name, type) => `${name}!${type}` });
    const paths = document.paths as Record<
      string,
      Record<string, { security: object[]; description?: string; responses: object }>
    >;
    const told = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { security, description, responses }]) => ({
        route: `${method} ${path}`,
        security,
        has403: "403" in responses,
        description,
      })),
    );
    const item = "{item_id}";
    expect(told).toMatchObject([
      { route: `get /shop/token/${item}`, security: [{ bearer: [] }], has403: true },
      // Without a token nothing can lack a scope, and what is only read is not refused to other sites: they are nobody.
      { route: `get /shop/cookie/${item}`, security: [{ session: [] }], has403: false },
      { route: `put /shop/cookie/${item}`, security: [{ session: [] }], has403: true },
      { route: `get /shop/both/${item}`, security: [{ session: [] }, { bearer: [] }], has403: true },
      { route: "get /shop/open", security: [], has403: false },
    ]);
    expect(told.map(({ description = "" }) => /needs the scope `items.get!query`/.test(description))).toEqual([
      ...[true, false, false, true, false],
    ]);
  });
});

describe("a caller who must not be heard", () => {
  afterEach(() => app.close());

  const refusal = { code: "forbidden" };

  it("is counted and refused where somebody must be known, and is nobody elsewhere", async () => {
    const { createContext, toFailure } = shopOptions(emptyShop());
    let counted = 0;
    openApp({
      createContext: async (facts) => ({ ...(await createContext(facts)), refusal }),
      toFailure: (error) =>
        error === refusal
          ? { code: "forbidden", message: "Elsewhere", details: null, retryAfterSeconds: null }
          : toFailure(error),
      countUnrouted: async () => {
        counted += 1;
      },
    });
    const refused = await app.inject({ method: "PUT", url: `/shop/cookie/${id}`, payload: {} });
    expect([refused.statusCode, refused.json().error.message, counted]).toEqual([403, "Elsewhere", 1]);
    expect(refused.headers["x-ratelimit-limit"]).toBe("100");
    expect((await app.inject("/shop/open")).statusCode).toBe(200);
  });
});

describe("a declaration", () => {
  it("of a way that nobody describes is refused at boot", () => {
    const unknown = surfaceOf((route) => [route("GET /x", "items.list", { auth: ["magic"] })]);
    expect(() => unknown.routes.map((route) => planRoute(unknown, route, shopRouter))).toThrow(
      '"magic" has no security scheme',
    );
  });

  it("that answers are kept as bytes, for all alike, is refused where a cookie counts", () => {
    const kept = surfaceOf((route) => [
      route("GET /x", "items.list", { auth: ["session"], cache: { tags: () => [] } }),
    ]);
    expect(() => kept.routes.map((route) => planRoute(kept, route, shopRouter))).toThrow("heeds no cookie");
  });
});
