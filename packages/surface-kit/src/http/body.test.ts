import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newItem } from "../fixtures/shop-schema";
import { emptyShop, shopApp, shopOptions } from "../fixtures/shop-surface";

const user = { authorization: "Bearer user" };
const json = { ...user, "content-type": "application/json" };
const stool = newItem("stool");
let shop = emptyShop();
let app = shopApp(shopOptions(shop));

beforeEach(() => {
  shop = emptyShop();
  shop.items.set(stool.id, stool);
  app = shopApp(shopOptions(shop));
});
afterEach(() => app.close());

describe("a JSON body", () => {
  const post = (payload: string | Buffer | undefined, headers: Record<string, string> = json) =>
    app.inject({ method: "POST", url: "/shop/items", headers, payload });

  it.each([
    ["malformed", "{", "not valid JSON"],
    ["an array", "[]", "must be a JSON object"],
    ["null", "null", "must be a JSON object"],
    ["a string", '"a"', "must be a JSON object"],
    ["empty", "", "is required"],
    ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), "not valid UTF-8"],
    ["too large", `{"display_name":"${"x".repeat(256 * 1024)}"}`, "too large"],
    ["nested deeply", `{"display_name":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, ""],
    ["with a NUL byte", "{\u0000}", "not valid JSON"],
  ])("that is %s answers 400", async (_, payload, message) => {
    const answer = await post(payload);
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, "validation_error"]);
    expect(answer.json().error.message).toContain(message);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=latin1",
    "application/jsonx",
    "nonsense",
  ])("of type %s answers 415", async (type) => {
    const answer = await post("{}", { ...user, "content-type": type });
    expect([answer.statusCode, answer.json().error.code]).toEqual([415, "unsupported_media_type"]);
  });

  it("without a type, or compressed, answers 415", async () => {
    expect((await post(Buffer.from("{}"), user)).statusCode).toBe(415);
    expect((await post("{}", { ...json, "content-encoding": "gzip" })).statusCode).toBe(415);
  });

  it.each(["application/json", "Application/JSON;charset=UTF-8", 'application/json; charset="utf-8"'])(
    "may be of type %s",
    async (type) => {
      const answer = await post('\uFEFF{"display_name":"ü","price":"1"}', { ...user, "content-type": type });
      expect(answer.statusCode).toBe(201);
    },
  );

  it("may be left out where the route says so, but must be right if it is there", async () => {
    const put = (payload?: string) =>
      app.inject({ method: "PUT", url: "/shop/open", headers: payload === undefined ? user : json, payload });
    expect((await put()).json()).toEqual({ open: true });
    expect((await put("")).json()).toEqual({ open: true });
    expect((await put('{"open":false}')).json()).toEqual({ open: false });
    expect((await put('{"open":"no"}')).statusCode).toBe(400);
    expect((await put("[]")).statusCode).toBe(400);
  });

  it("sent where none is read is ignored", async () => {
    const answer = await app.inject({ method: "DELETE", url: "/shop/items/x", headers: json, payload: "{" });
    expect(answer.statusCode).toBe(403);
  });
});

describe("a form", () => {
  const url = `/shop/items/01H455VB4PEX5VSKG000000001/picture`;
  const put = async (form: FormData) => {
    const request = new Request("http://shop", { method: "PUT", body: form });
    return raw(Buffer.from(await request.arrayBuffer()), request.headers.get("content-type") ?? "");
  };
  const raw = (payload: Buffer, type: string) =>
    app.inject({ method: "PUT", url, headers: { ...user, "content-type": type }, payload });
  const formOf = (parts: Record<string, string | Blob>) => {
    const form = new FormData();
    for (const [name, part] of Object.entries(parts)) {
      if (typeof part === "string") form.append(name, part);
      else form.append(name, part, "picture.png");
    }
    return form;
  };
  const picture = (bytes: number) => new Blob([new Uint8Array(bytes)], { type: "image/png" });

  it("gives its file's bytes and its text, read as the schema asks", async () => {
    const answer = await put(formOf({ photo: picture(1024 * 1024), caption: "näh", sort_order: "7", unknown: "x" }));
    expect(answer.json()).toEqual({ byte_count: 1024 * 1024, caption: "näh", sort_order: 7 });
  });

  it.each<[string, Record<string, string | Blob>, Record<string, string>]>([
    ["no file", { caption: "a" }, { photo: "is required" }],
    ["text for a file", { photo: "a" }, { photo: "must be a file" }],
    ["a file too large", { photo: picture(1024 * 1024 + 1) }, { photo: "must be at most 1 MB" }],
    ["a file far too large", { photo: picture(4 * 1024 * 1024) }, { photo: "must be at most 1 MB" }],
    ["an empty file", { photo: picture(0) }, { photo: "must not be empty" }],
    [
      "several faults",
      { sort_order: "x", caption: "x".repeat(11) },
      { photo: "is required", caption: expect.any(String), sort_order: expect.any(String) },
    ],
  ])("with %s answers 400 and says so", async (_, parts, details) => {
    const answer = await put(formOf(parts));
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.details).toEqual(details);
    expect(shop.calls).toEqual([]);
  });

  it("may give a file once only, and a text once only", async () => {
    const twice = formOf({ photo: picture(1) });
    twice.append("photo", picture(1), "b.png");
    expect((await put(twice)).json().error.details).toEqual({ photo: "must be given once" });
    const texts = formOf({ photo: picture(1), caption: "a" });
    texts.append("caption", "b");
    expect((await put(texts)).json().error.details).toEqual({ caption: "must be given once" });
  });

  it("cannot have parts without end, nor set prototypes", async () => {
    const many = formOf({ photo: picture(1) });
    for (let i = 0; i < 60; i += 1) many.append(`field${i}`, "x");
    expect((await put(many)).statusCode).toBe(400);
    expect((await put(formOf({ photo: picture(1), __proto__: "x", constructor: "y" }))).statusCode).toBe(200);
  });

  it.each([
    ["without a boundary", "multipart/form-data", 400],
    ["with another boundary", "multipart/form-data; boundary=other", 400],
    ["of another type", "application/json", 415],
    ["of no type", "multipart/mixed; boundary=x", 415],
  ])("%s is refused", async (_, type, status) => {
    const body = Buffer.from(
      '--x\r\ncontent-disposition: form-data; name="photo"; filename="a"\r\n\r\nabc\r\n--x--\r\n',
    );
    expect((await raw(body, type)).statusCode).toBe(status);
  });

  it("that is cut short is refused", async () => {
    const body = Buffer.from('--x\r\ncontent-disposition: form-data; name="photo"; filename="a"\r\n\r\nabc');
    const answer = await raw(body, "multipart/form-data; boundary=x");
    expect([answer.statusCode, shop.calls]).toEqual([400, []]);
  });

  it("that is empty is refused", async () => {
    expect((await raw(Buffer.from("--x--\r\n"), "multipart/form-data; boundary=x")).statusCode).toBe(400);
    expect((await raw(Buffer.alloc(0), "multipart/form-data; boundary=x")).statusCode).toBe(400);
  });
});
