import Fastify from "fastify";
import { afterAll, describe, expect, it } from "vitest";
import { type ShopRouter, shopRouter } from "./fixtures/shop-router";
import { emptyShop, shopApp, shopOptions, shopSurface } from "./fixtures/shop-surface";
import { answerFrameworkErrors } from "./http/framework-errors";
import { mountSurface } from "./http/mount";
import { planRoute } from "./plan";
import { defineSurface, documentAddress, multipart, type Route, type RouteBuilder, type Surface } from "./surface";

function surfaceOf(routes: (route: RouteBuilder<ShopRouter>) => readonly Route[]): Surface {
  const { name, basePath, title, version, description, dialect } = shopSurface;
  return defineSurface<ShopRouter>()({ name, basePath, title, version, description, dialect, routes });
}

const plansOf = (surface: Surface) => surface.routes.map((route) => planRoute(surface, route, shopRouter));

describe("a declaration", () => {
  it("that the types refuse is refused at boot as well", () => {
    // @ts-expect-error there is no such procedure
    expect(() => plansOf(surfaceOf((route) => [route("GET /x", "items.lost")]))).toThrow('no procedure "items.lost"');
    // @ts-expect-error {handle} is no field of the input
    expect(() => plansOf(surfaceOf((route) => [route("GET /x/{handle}", "items.byName")]))).toThrow(
      '"handle" is no field',
    );
    const lost = { version: "version", ifMatch: "lost" } as const;
    // @ts-expect-error the input has no field for the version
    const surface = surfaceOf((route) => [route("PUT /x/{itemId}", "items.update", { etag: lost })]);
    expect(() => plansOf(surface)).toThrow('"lost" is no field');
  });

  it("knows the fields of input and output", () => {
    const surface = surfaceOf((route) => [
      // @ts-expect-error the output has no such field
      route("GET /a", "items.list", { omit: ["lost"] }),
      route("GET /b", "items.list", { omit: ["version"] }),
      // @ts-expect-error the input has no such field
      route("PUT /c/{itemId}", "pictures.replace", { body: multipart({ photo: { as: "lost", maxBytes: 1 } }) }),
      // @ts-expect-error the output has no such field
      route("POST /d", "items.create", { status: { choose: ({ lost }) => (lost ? 201 : 200), among: [200, 201] } }),
    ]);
    expect(surface.routes).toHaveLength(4);
  });

  it.each<[string, (route: RouteBuilder<ShopRouter>) => Route, string]>([
    [
      "an alias with other parameters",
      (route) => route("GET /x/{itemId}", "items.get", { aliases: ["/y"] }),
      "other parameters",
    ],
    [
      "private answers kept as bytes",
      (route) => route("GET /x/{itemId}", "items.get", { cache: { tags: () => [] } }),
      "only a public GET",
    ],
  ])("with %s is refused at boot, by the route's name", (_, declare, message) => {
    expect(() => plansOf(surfaceOf((route) => [declare(route)]))).toThrow(message);
    expect(() => plansOf(surfaceOf((route) => [declare(route)]))).toThrow("shop: GET /x");
  });

  it("without a status for a code is refused at boot", () => {
    const { conflict: _, ...statuses } = shopSurface.dialect.statuses;
    expect(() => plansOf({ ...shopSurface, dialect: { ...shopSurface.dialect, statuses } })).toThrow(
      'no status for "conflict"',
    );
  });

  it("that claims a route twice is refused at boot", () => {
    const surface = surfaceOf((route) => [
      route("GET /x", "items.list"),
      route("GET /y", "items.list", { aliases: ["/x"] }),
    ]);
    expect(() => mountSurface(Fastify(), surface, shopOptions(emptyShop()))).toThrow("declared twice");
  });
});

describe("addresses that Fastify cannot route", () => {
  const frameworkErrors = answerFrameworkErrors([shopSurface], ({ statusCode }, reply) => {
    void reply.code(statusCode).send("plain");
  });
  const app = shopApp(shopOptions(emptyShop()), { frameworkErrors });

  it.each([
    ["/shop/named/%", 400, "validation_error"],
    ["/shop/named/%ff", 400, "validation_error"],
    [`/shop/named/${"x".repeat(2000)}`, 404, "not_found"],
  ])("%s are answered in the surface's spelling", async (url, status, code) => {
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
    expect(answer.headers["x-request-id"]).toBeDefined();
  });

  it("are the app's own to answer elsewhere", async () => {
    const { statusCode, body } = await app.inject("/elsewhere/%");
    expect([statusCode, body]).toEqual([400, "plain"]);
  });
});

describe("a surface below another one", () => {
  const outer: Surface = {
    ...surfaceOf((route) => [route("GET /shop/items", "items.list"), route("PUT /office/hours", "hours.replace")]),
    ...{ name: "outer", basePath: "/api", documentPath: "/shop/openapi.json" },
    dialect: { ...shopSurface.dialect, failure: { value: () => "outer", schema: () => ({ const: "outer" }) } },
  };
  const inner: Surface = {
    ...surfaceOf((route) => [route("GET /items", "items.list")]),
    ...{ name: "inner", basePath: "/api/v1" },
    dialect: { ...shopSurface.dialect, failure: { value: () => "inner", schema: () => ({ const: "inner" }) } },
  };

  describe.each([
    { order: "first", surfaces: [inner, outer] },
    { order: "last", surfaces: [outer, inner] },
  ])("and mounted $order", ({ surfaces }) => {
    const frameworkErrors = answerFrameworkErrors(surfaces, (_, reply) => void reply.send("neither"));
    const app = Fastify({ frameworkErrors });
    app.setNotFoundHandler((_request, reply) => reply.send("neither"));
    for (const surface of surfaces) mountSurface(app, surface, shopOptions(emptyShop()));
    afterAll(() => app.close());

    it.each([
      ["GET /api/v1/nowhere", '"inner"'],
      ["GET /api/v1", '"inner"'],
      ["PUT /api/v1/items", '"inner"'],
      ["GET /api/v1/%", '"inner"'],
      ["GET /api/nowhere", '"outer"'],
      ["GET /api", '"outer"'],
      ["GET /api/v10/nowhere", '"outer"'],
      ["PUT /api/shop/items", '"outer"'],
      ["PUT /api/office/hours", '"outer"'],
      ["GET /api/v10/%", '"outer"'],
      ["GET /apis", "neither"],
      ["GET /apis/%", "neither"],
    ])("answers %s as %s", async (route, body) => {
      const [method, url] = route.split(" ");
      expect((await app.inject({ method: method as "GET", url })).body).toBe(body);
    });

    it("keeps its routes and its document, as the other one does", async () => {
      for (const [surface, items] of [
        [inner, "/api/v1/items"],
        [outer, "/api/shop/items"],
      ] as const) {
        expect((await app.inject(items)).statusCode).toBe(200);
        const { paths } = (await app.inject(documentAddress(surface))).json();
        expect(Object.keys(paths)).toContain(items);
      }
    });
  });
});
