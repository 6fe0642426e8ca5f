import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryIdempotency } from "../fixtures/memory-stores";
import { emptyShop, shopApp, shopOptions } from "../fixtures/shop-surface";
import { fingerprint } from "./idempotency";

let shop = emptyShop();
let store = memoryIdempotency();
let app = shopApp(shopOptions(shop));

beforeEach(() => {
  shop = emptyShop();
  store = memoryIdempotency();
  app = shopApp(shopOptions(shop, { idempotency: store }));
});
afterEach(() => app.close());

function create(payload: object, headers: Record<string, string>, role = "user") {
  return app.inject({
    method: "POST",
    url: "/shop/items",
    headers: { authorization: `Bearer ${role}`, ...headers },
    payload,
  });
}
const sofa = { display_name: "sofa", price: "9.00" };
const key = { "idempotency-key": "one" };

describe("a keyed POST", () => {
  it("runs once, and its first answer is repeated", async () => {
    const first = await create(sofa, key);
    const second = await create({ price: "9", display_name: "sofa", ignored: 1 }, { "x-idempotency-key": "one" });
    expect(shop.calls).toEqual(["create"]);
    expect([second.statusCode, second.body]).toEqual([first.statusCode, first.body]);
    expect([first.headers["idempotency-replayed"], second.headers["idempotency-replayed"]]).toEqual([
      undefined,
      "true",
    ]);
    expect(second.headers["content-type"]).toBe(first.headers["content-type"]);
    expect(second.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
  });

  it("is refused with another input", async () => {
    await create(sofa, key);
    const other = await create({ ...sofa, price: "10" }, key);
    expect([other.statusCode, other.json().error.code]).toEqual([422, "idempotency_mismatch"]);
  });

  it("is refused while the first one runs", async () => {
    let release = () => {};
    shop.gate = new Promise((resolve) => {
      release = resolve;
    });
    const first = create(sofa, key);
    await expect.poll(() => shop.calls.length).toBe(1);
    const second = await create(sofa, key);
    expect([second.statusCode, second.json().error.code]).toEqual([409, "idempotency_running"]);
    release();
    expect((await first).statusCode).toBe(201);
  });

  it("belongs to its caller", async () => {
    await create(sofa, key);
    await create(sofa, key, "keeper");
    expect(shop.calls).toEqual(["create", "create"]);
  });

  it("keeps refusals of the domain, and lets go of failures of ours", async () => {
    await create(sofa, {});
    expect((await create({ ...sofa, price: "8" }, { "idempotency-key": "taken" })).statusCode).toBe(409);
    const again = await create({ ...sofa, price: "8" }, { "idempotency-key": "taken" });
    expect([again.statusCode, again.headers["idempotency-replayed"]]).toEqual([409, "true"]);
    expect((await create({ ...sofa, display_name: "broken" }, { "idempotency-key": "broken" })).statusCode).toBe(500);
    expect(store.size()).toBe(1);
  });

  it("claims nothing before the request is known to be well formed and allowed", async () => {
    expect((await create({}, key)).statusCode).toBe(400);
    expect((await create({ ...sofa, price: "nine" }, key)).statusCode).toBe(400);
    expect((await create(sofa, key, "bad")).statusCode).toBe(401);
    expect(store.size()).toBe(0);
    expect((await create(sofa, key)).statusCode).toBe(201);
  });

  it.each([
    { "idempotency-key": "" },
    { "idempotency-key": "x".repeat(256) },
    { "idempotency-key": "ä" },
    { ...key, "x-idempotency-key": "two" },
  ])("is refused where the key is not one of 1 to 255 visible characters: %j", async (headers) => {
    expect((await create(sofa, headers)).statusCode).toBe(400);
    expect(shop.calls).toEqual([]);
  });
});

describe("fingerprints", () => {
  const hex = async (input: unknown) => Buffer.from(await fingerprint(input)).toString("hex");

  it("do not depend on the order of members, nor on absent ones", async () => {
    expect(await hex({ a: 1, b: { c: [1, "2"], d: undefined } })).toBe(await hex({ b: { c: [1, "2"] }, a: 1 }));
  });

  it("differ where values do", async () => {
    const inputs = [{ a: 1 }, { a: "1" }, { a: null }, {}, { a: [1] }, { a: { b: 1 } }, [], "a", null];
    expect(new Set(await Promise.all(inputs.map(hex))).size).toBe(inputs.length);
  });

  it("know files by their bytes", async () => {
    const file = (text: string, name: string) => ({ picture: new File([text], name) });
    expect(await hex(file("same", "a.png"))).toBe(await hex(file("same", "b.png")));
    expect(await hex(file("same", "a.png"))).not.toBe(await hex(file("other", "a.png")));
  });
});
