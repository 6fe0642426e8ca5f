import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keysOf } from "../test/keys-of";
import { startS3Server, type TestServer } from "../test/s3-server";
import { createS3Storage, type S3StorageOptions } from "./s3";
import type { ObjectStorage } from "./storage";

let server: TestServer;
const closing: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  server = await startS3Server();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => server.close());

function open(overrides: Partial<S3StorageOptions> = {}): ObjectStorage {
  const storage = createS3Storage({ ...server.connection, publicUrl: "https://cdn.example.com", ...overrides });
  closing.push(() => storage.close());
  return storage;
}

/** A listener of our own in the place of the S3 server; answers with its address. */
async function listen(proxy: Server): Promise<string> {
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const text = { contentType: "text/plain" };

/** Two pages in the wire format of ListObjectsV2: s3rver cuts listings with DES, which OpenSSL 3 no longer has. */
const firstPage = `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>go on+=</NextContinuationToken>
  <Contents><Key>many/1</Key></Contents><Contents><Key>many/a stranger</Key></Contents></ListBucketResult>`;
const lastPage = `<ListBucketResult><IsTruncated>false</IsTruncated>
  <Contents><Key>many/2</Key></Contents></ListBucketResult>`;

test("reads every page of a listing and leaves out keys that are not ours", async () => {
  const queries: URLSearchParams[] = [];
  const endpoint = await listen(
    createServer((incoming, outgoing) => {
      const query = new URL(incoming.url ?? "", "http://127.0.0.1").searchParams;
      queries.push(query);
      outgoing.setHeader("content-type", "application/xml").end(query.has("continuation-token") ? lastPage : firstPage);
    }),
  );

  expect(await keysOf(open({ endpoint }), "many/")).toEqual(["many/1", "many/2"]);
  expect(queries.map((query) => [query.get("prefix"), query.get("continuation-token")])).toEqual([
    ["many/", null],
    ["many/", "go on+="],
  ]);
});

test("tries again when the server is busy", async () => {
  let refusals = 2;
  const { hostname, port } = new URL(server.connection.endpoint);
  const endpoint = await listen(
    createServer((incoming, outgoing) => {
      if (refusals > 0) {
        refusals -= 1;
        incoming.resume();
        outgoing.writeHead(503).end();
        return;
      }
      const { method, url, headers } = incoming;
      const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    }),
  );
  const storage = open({ endpoint });

  await storage.put("retried", Buffer.from("at last"), text);

  expect(refusals).toBe(0);
  expect(Buffer.from((await storage.get("retried"))?.bytes ?? []).toString()).toBe("at last");
});

test("gives up on a server that accepts and then says nothing", async () => {
  const endpoint = await listen(createServer(() => {}));
  await expect(open({ endpoint, timeoutMs: 100 }).get("a")).rejects.toThrow();
});

test("fails loudly where nobody listens", async () => {
  await expect(open({ endpoint: "http://127.0.0.1:1" }).put("a", Buffer.from("a"), text)).rejects.toThrow();
});

test("a missing bucket is an error, not an absent object", async () => {
  await expect(open({ bucket: "no-such-bucket" }).get("a")).rejects.toThrow(/bucket/i);
});

test("refused credentials are an error, not an absent object", async () => {
  const storage = open({ accessKeyId: "stranger" });
  await expect(storage.get("a")).rejects.toThrow(/access key/i);
  await expect(storage.exists("a")).rejects.toThrow();
});
