import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { clockTime } from "./codecs/clock-time";
import { decimalCents } from "./codecs/decimal-cents";
import { instant } from "./codecs/instant";
import { uuid } from "./codecs/uuid";
import type { Dialect } from "./dialect";
import type { ShopRouter } from "./fixtures/shop-router";
import { newItem } from "./fixtures/shop-schema";
import { emptyShop, shopOptions, shopSurface } from "./fixtures/shop-surface";
import { mountSurface } from "./http/mount";
import { defineSurface, type Surface } from "./surface";

const camel = (key: string) => key;
const values = {
  id: uuid,
  instant: instant("milliseconds"),
  cents: decimalCents(camel),
  minuteOfDay: clockTime(camel),
};
const text = { type: "string" };
const { statuses } = shopSurface.dialect;

/** camelCase, nothing where nothing is known, and refusals that are one text. */
const terse: Dialect = {
  name: "terse",
  keys: camel,
  values,
  nulls: "omit",
  success: { value: (answer) => answer, schema: (answer) => answer },
  page: {
    counts: "items",
    value: (page) => ({ ...page, hasMore: page.offset + page.limit < page.total }),
    schema: (item) => ({ type: "object", properties: { items: { type: "array", items: item } } }),
  },
  failure: {
    value: ({ message }) => ({ error: message }),
    schema: () => ({ type: "object", properties: { error: text } }),
  },
  codes: camel,
  statuses: { ...statuses, validation_error: 422 },
};

/** Everything in an envelope, and codes in capitals. */
const enveloped: Dialect = {
  ...shopSurface.dialect,
  name: "enveloped",
  success: {
    value: (data) => ({ success: true, data }),
    schema: (data) => ({
      type: "object",
      properties: { success: { const: true }, data },
      required: ["success", "data"],
    }),
  },
  failure: {
    value: ({ code, message }) => ({ success: false, error: { code, message } }),
    schema: (codes) => ({
      type: "object",
      properties: { error: { type: "object", properties: { code: { enum: codes }, message: text } } },
    }),
  },
  codes: (code) => code.toUpperCase(),
};

function surfaceOf(dialect: Dialect): Surface {
  return defineSurface<ShopRouter>()({
    name: dialect.name,
    basePath: `/${dialect.name}`,
    title: dialect.name,
    version: "1",
    description: "The same shop, spelt another way.",
    dialect,
    routes: (route) => [
      route("GET /items/{itemId}", "items.get", { omit: ["version"] }),
      route("POST /items", "items.create", { status: 201 }),
      route("GET /items", "items.list", {
        input: {
          schema: z.object({ limit: z.int().min(1).max(100).default(10), offset: z.int().min(0).default(0) }),
          map: ({ limit, offset }: { limit: number; offset: number }) => ({
            page: Math.floor(offset / limit) + 1,
            perPage: limit,
          }),
        },
      }),
      ...(dialect.page.counts === "items" ? [route("GET /range", "items.range", { omit: ["version"] })] : []),
      route("GET /sections/{itemId}", "items.get", {
        output: {
          schema: z.object({
            about: z.object({ displayName: z.string() }),
            hours: z.object({ openMinute: z.int().meta({ kind: "minuteOfDay" }) }),
          }),
          map: ({ displayName, openMinute }) => ({ about: { displayName }, hours: { openMinute } }),
        },
      }),
    ],
  });
}

const shop = emptyShop();
const mug = { ...newItem("mug"), priceCents: null };
shop.items.set(mug.id, mug);
const app = Fastify();
const user = { authorization: "Bearer user" };
beforeAll(() => {
  for (const dialect of [terse, enveloped]) mountSurface(app, surfaceOf(dialect), shopOptions(shop));
});
afterAll(() => app.close());

describe("other dialects over the same procedures", () => {
  it("spell names, ids and times their way, and leave out what is not known", async () => {
    const { createdAt, labels } = mug;
    const answer = await app.inject({ url: `/terse/items/${mug.id}`, headers: user });
    expect(answer.json()).toEqual({ id: mug.id, displayName: "mug", openTime: "09:00", createdAt, labels });
  });

  it("put answers and refusals in their own shapes, with their own statuses", async () => {
    const bad = { method: "POST", headers: user, payload: {} } as const;
    const terseAnswer = await app.inject({ ...bad, url: "/terse/items" });
    expect([terseAnswer.statusCode, terseAnswer.json()]).toEqual([422, { error: "Some fields are not valid" }]);
    const envelopedAnswer = await app.inject({ ...bad, url: "/enveloped/items" });
    expect([envelopedAnswer.statusCode, envelopedAnswer.json()]).toEqual([
      400,
      { success: false, error: { code: "VALIDATION_ERROR", message: "Some fields are not valid" } },
    ]);
    const good = await app.inject({ url: "/enveloped/items/01H455VB4PEX5VSKG000000001", headers: user });
    expect(good.json()).toMatchObject({ success: true, data: { display_name: "mug", price: null } });
    expect((await app.inject("/enveloped/nowhere")).json()).toMatchObject({
      success: false,
      error: { code: "NOT_FOUND" },
    });
  });

  it("may shape requests and answers anew", async () => {
    const list = await app.inject("/terse/items?limit=1&offset=0");
    expect(list.json()).toMatchObject({
      items: [{ displayName: "mug" }],
      total: 1,
      limit: 1,
      offset: 0,
      hasMore: false,
    });
    expect(list.headers.link).toBe(
      '</terse/items?limit=1&offset=0>; rel="first", </terse/items?limit=1&offset=0>; rel="last"',
    );
    expect((await app.inject("/terse/items?limit=0")).statusCode).toBe(422);
    const sections = await app.inject({ url: `/terse/sections/${mug.id}`, headers: user });
    expect(sections.json()).toEqual({ about: { displayName: "mug" }, hours: { openTime: "09:00" } });
    const { paths } = (await app.inject("/terse/openapi.json")).json();
    expect(paths["/terse/items"].get.parameters.map(({ name }: { name: string }) => name)).toEqual(["limit", "offset"]);
    const shown = paths["/terse/sections/{itemId}"].get.responses[200].content["application/json"].schema;
    expect(shown.properties.hours.properties.openTime.type).toBe("string");
  });

  it.each([
    [0, ["mug", "chair"], true, { next: 2, first: 0, last: 4 }],
    [1, ["chair", "table"], true, { next: 3, prev: 0, first: 0, last: 4 }],
    [3, ["sofa", "lamp"], false, { prev: 1, first: 0, last: 4 }],
    [4, ["lamp"], false, { prev: 2, first: 0, last: 4 }],
    [9, [], false, { prev: 4, first: 0, last: 4 }],
  ])("may list from any place on: %s", async (offset, names, hasMore, places) => {
    for (const name of ["chair", "table", "sofa", "lamp"]) shop.items.set(name, { ...newItem(name), id: mug.id });
    const { headers, ...answer } = await app.inject(`/terse/range?limit=2&offset=${offset}`);
    const items = names.map((displayName) => expect.objectContaining({ displayName }));
    expect(answer.json()).toEqual({ items, total: 5, limit: 2, offset, hasMore });
    const links = Object.entries(places).map(([rel, at]) => `</terse/range?limit=2&offset=${at}>; rel="${rel}"`);
    expect(headers.link).toBe(links.join(", "));
  });

  it("cannot list from any place on where they count pages", () => {
    const range: Surface = { ...surfaceOf(terse), dialect: enveloped, basePath: "/range" };
    expect(() => mountSurface(Fastify(), range, shopOptions(shop))).toThrow("GET /range: a listing that may begin");
  });
});
