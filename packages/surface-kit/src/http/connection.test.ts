import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRawClient, type RawClient } from "../fixtures/raw-client";
import { newItem } from "../fixtures/shop-schema";
import { emptyShop, shopApp, shopOptions } from "../fixtures/shop-surface";

const rug = newItem("rug");
const picturePath = "/shop/items/01H455VB4PEX5VSKG000000001/picture";
let shop = emptyShop();
let app = shopApp(shopOptions(shop));
let client: RawClient;

beforeEach(async () => {
  shop = emptyShop();
  shop.items.set(rug.id, rug);
  app = shopApp(shopOptions(shop));
  await app.listen({ host: "127.0.0.1", port: 0 });
  client = await openRawClient((app.server.address() as AddressInfo).port);
});
afterEach(async () => {
  client.close();
  await app.close();
});

const head = (line: string, ...headers: string[]) => `${[line, "Host: shop", ...headers].join("\r\n")}\r\n\r\n`;
const next = head("GET /shop/items HTTP/1.1");

describe("a connection", () => {
  it("can be used again after a refusal that left the body unread", async () => {
    await client.send(
      head(`PUT ${picturePath} HTTP/1.1`, "Content-Type: multipart/form-data; boundary=x", "Content-Length: 1000000"),
    );
    expect(await client.answers(1)).toMatchObject([{ status: 401 }]);
    await client.send(Buffer.alloc(1_000_000, "x"));
    await client.send(next);
    expect(await client.answers(2)).toMatchObject([{ status: 401 }, { status: 200 }]);
  });

  it("can be used again after a body was refused halfway", async () => {
    await client.send(
      head(
        "POST /shop/items HTTP/1.1",
        "Authorization: Bearer user",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
      ),
    );
    const chunk = Buffer.alloc(0x10000, "x");
    for (let i = 0; i < 6; i += 1)
      await client.send(Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")]));
    expect(await client.answers(1)).toMatchObject([{ status: 400 }]);
    await client.send("0\r\n\r\n");
    await client.send(next);
    expect(await client.answers(2)).toMatchObject([{ status: 400 }, { status: 200 }]);
  });

  it("is ended when a refused caller goes on sending without end", async () => {
    await client.send(
      head(
        `PUT ${picturePath} HTTP/1.1`,
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Length: 1000000000",
      ),
    );
    expect(await client.answers(1)).toMatchObject([{ status: 401 }]);
    const block = Buffer.alloc(1024 * 1024, "x");
    for (let i = 0; i < 200 && !client.isClosed(); i += 1) {
      await client.send(block);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await client.answers(Number.POSITIVE_INFINITY);
    expect(client.isClosed()).toBe(true);
  });

  it("is asked for the body only by a request that is let pass", async () => {
    await client.send(head("POST /shop/items HTTP/1.1", "Content-Type: application/json", "Content-Length: 2"));
    expect(await client.answers(1)).toMatchObject([{ status: 401 }]);
    expect(shop.calls).toEqual([]);
  });

  it("that breaks while a form is read leaves nothing behind", async () => {
    await client.send(
      head(
        `PUT ${picturePath} HTTP/1.1`,
        "Authorization: Bearer user",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Length: 5000",
      ),
    );
    await client.send('--x\r\ncontent-disposition: form-data; name="photo"; filename="a"\r\n\r\nabc');
    client.close();
    // The server goes on serving others.
    client = await openRawClient((app.server.address() as AddressInfo).port);
    await client.send(next);
    expect(await client.answers(1)).toMatchObject([{ status: 200 }]);
    expect(shop.calls).toEqual([]);
  });

  it("may carry a form in the smallest pieces", async () => {
    const body = '--x\r\ncontent-disposition: form-data; name="photo"; filename="a"\r\n\r\nabc\r\n--x--\r\n';
    await client.send(
      head(
        `PUT ${picturePath} HTTP/1.1`,
        "Authorization: Bearer user",
        "Content-Type: multipart/form-data; boundary=x",
        `Content-Length: ${body.length}`,
      ),
    );
    for (const byte of body) await client.send(byte);
    expect(await client.answers(1)).toEqual([
      { status: 200, body: '{"byte_count":3,"caption":null,"sort_order":null}' },
    ]);
  });
});
