import { Ajv2020 } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonSchema } from "../dialect";
import { shopRouter } from "../fixtures/shop-router";
import { newItem } from "../fixtures/shop-schema";
import { emptyShop, shopApp, shopOptions, shopSurface } from "../fixtures/shop-surface";
import { openApiDocument } from "./document";

interface Operation {
  operationId: string;
  security: object[];
  parameters?: { name: string; in: string; required: boolean; schema: JsonSchema }[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { headers: JsonSchema; content?: Record<string, { schema: JsonSchema }> }>;
}

const document = openApiDocument(shopSurface, shopRouter) as JsonSchema & {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
};

function operation(method: string, path: string): Operation {
  const found = document.paths[path]?.[method];
  if (found === undefined) throw new Error(`${method} ${path} is not documented`);
  return found;
}

const shop = emptyShop();
const bowl = newItem("bowl");
shop.items.set(bowl.id, bowl);
const app = shopApp(shopOptions(shop));
const ajv = new Ajv2020({ strict: false });
beforeAll(() => {
  addFormats.default(ajv);
  ajv.addSchema({ $id: "shop", ...document });
});
afterAll(() => app.close());

/** Both what an operation says of an answer and the answer itself. */
function expectDocumented(method: string, path: string, status: number, body: unknown): void {
  const schema = operation(method, path).responses[status]?.content?.["application/json"]?.schema;
  if (schema === undefined) throw new Error(`${method} ${path} does not document ${status}`);
  const resolved = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"shop#/components'));
  expect(ajv.validate(resolved, body), ajv.errorsText()).toBe(true);
}

describe("the document", () => {
  it("holds for the answers given", async () => {
    const headers = { authorization: "Bearer user" };
    const id = "01H455VB4PEX5VSKG000000001";
    const cases = [
      { method: "GET", url: "/shop/items", path: "/shop/items" },
      { method: "GET", url: "/shop/items?page=0", path: "/shop/items" },
      { method: "GET", url: `/shop/items/${id}`, path: "/shop/items/{item_id}" },
      { method: "GET", url: "/shop/items/x", path: "/shop/items/{item_id}" },
      { method: "GET", url: `/shop/items/${id}`, path: "/shop/items/{item_id}", headers: {} },
      { method: "POST", url: "/shop/items", path: "/shop/items", payload: { display_name: "jar", price: "1" } },
      { method: "POST", url: "/shop/items", path: "/shop/items", payload: { display_name: "jar", price: "1" } },
      { method: "POST", url: "/shop/items", path: "/shop/items", payload: { display_name: "jar", price: "2" } },
      { method: "PUT", url: "/shop/open", path: "/shop/open" },
      { method: "GET", url: "/shop/named/former name", path: "/shop/named/{name}" },
    ] as const;
    const statuses: number[] = [];
    for (const { path, ...request } of cases) {
      const answer = await app.inject({ headers, ...request });
      statuses.push(answer.statusCode);
      expectDocumented(request.method.toLowerCase(), path, answer.statusCode, answer.json());
    }
    expect(statuses).toEqual([200, 400, 200, 404, 401, 201, 200, 409, 200, 307]);
  });

  it("spells parameters and bodies as they are read", () => {
    const names = (method: string, path: string) => operation(method, path).parameters?.map((p) => `${p.in} ${p.name}`);
    expect(names("get", "/shop/items")).toEqual([
      "query page",
      "query per_page",
      "query min_price",
      "query is_new",
      "query tag",
    ]);
    expect(names("put", "/shop/items/{item_id}")).toEqual(["path item_id", "header If-Match"]);
    expect(names("get", "/shop/named/{name}")).toEqual(["path name", "header If-None-Match"]);
    expect(names("post", "/shop/items")).toEqual(["header Idempotency-Key"]);
    const create = operation("post", "/shop/items").requestBody?.content["application/json"]?.schema;
    expect(create).toMatchObject({
      required: ["display_name", "price"],
      properties: { price: { type: "string" }, open_time: { type: "string" } },
    });
    const update = operation("put", "/shop/items/{item_id}").requestBody?.content["application/json"]?.schema;
    expect(Object.keys((update?.properties ?? {}) as object)).toEqual(["display_name", "price"]);
    expect(operation("put", "/shop/open").requestBody?.required).toBe(false);
    const form = operation("put", "/shop/items/{item_id}/picture").requestBody?.content["multipart/form-data"]?.schema;
    expect(form).toMatchObject({ properties: { photo: { type: "string", format: "binary" } }, required: ["photo"] });
  });

  it("names every status that a route may answer with", () => {
    const statuses = (method: string, path: string) => Object.keys(operation(method, path).responses);
    expect(statuses("get", "/shop/items")).toEqual(["200", "400", "429", "500", "503"]);
    expect(statuses("post", "/shop/items")).toEqual([
      "200",
      "201",
      "400",
      "401",
      "403",
      "409",
      "415",
      "422",
      "429",
      "500",
      "503",
    ]);
    expect(statuses("put", "/shop/items/{item_id}")).toEqual([
      "200",
      "400",
      "401",
      "403",
      "404",
      "412",
      "415",
      "429",
      "500",
      "503",
    ]);
    expect(statuses("delete", "/shop/things/{item_id}")).toEqual([
      "204",
      "400",
      "401",
      "403",
      "404",
      "429",
      "500",
      "503",
    ]);
    expect(statuses("get", "/shop/named/{name}")).toEqual(["200", "304", "307", "404", "429", "500", "503"]);
  });

  it("lifts named schemas once, and keeps what stays inside out of them", () => {
    const item = document.components.schemas.Item;
    expect(Object.keys((item?.properties ?? {}) as object)).toEqual([
      "id",
      "display_name",
      "price",
      "open_time",
      "created_at",
      "labels",
    ]);
    expect(document.components.schemas.Item2).toBeUndefined();
    expect(JSON.stringify(document)).not.toMatch(/displayName|\$defs|"kind"/);
  });

  it("has one operation id each", () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("itemsRemoveAlias");
  });

  it("is served, cacheable and conditional", async () => {
    const answer = await app.inject("/shop/openapi.json");
    expect(answer.json()).toEqual(JSON.parse(JSON.stringify(document)));
    expect(answer.headers["cache-control"]).toBe("public, max-age=300");
    const again = await app.inject({
      url: "/shop/openapi.json",
      headers: { "if-none-match": String(answer.headers.etag) },
    });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });
});
