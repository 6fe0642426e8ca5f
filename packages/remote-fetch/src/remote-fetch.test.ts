import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRemoteFetch, type ReadOptions } from "./remote-fetch";
import { RemoteFetchError } from "./remote-fetch-error";

/** What stands for the internet here, and what for our own network. Both are loopback; only the first is allowed. */
const outside = "127.0.0.1";
const inside = "127.0.0.2";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let answer: Answer;
let seen: IncomingMessage[];
let port: number;
let insideServer: Server;
let connectionsInside: number;

const listen = (target: Server, host: string, at = 0) =>
  new Promise<number>((resolve) => {
    target.listen(at, host, () => resolve((target.address() as AddressInfo).port));
  });

beforeEach(async () => {
  seen = [];
  answer = (_, response) => response.end("hello");
  server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  port = await listen(server, outside);
  connectionsInside = 0;
  insideServer = createServer((_, response) => response.end("secret")).on("connection", () => {
    connectionsInside += 1;
  });
  // The same port, so that a name alone can lead from one to the other.
  await listen(insideServer, inside, port);
});
afterEach(() => {
  for (const each of [server, insideServer]) {
    each.closeAllConnections();
    each.close();
  }
});

const names: Record<string, string[]> = {
  "outside.test": [outside],
  "inside.test": [inside],
  "both.test": [inside, outside],
  "nowhere.test": [],
};
let lookups = 0;
const resolve = async (hostname: string) => {
  lookups += 1;
  if (hostname === "rebinding.test") return [{ address: lookups % 2 === 1 ? outside : inside, family: 4 }];
  const addresses = names[hostname];
  if (addresses === undefined) throw Object.assign(new Error("ENOTFOUND"), { code: "ENOTFOUND" });
  return addresses.map((address) => ({ address, family: 4 }));
};

const isAllowed = (address: string) => address === outside;
const read = (url: string, options: Partial<ReadOptions> = {}) =>
  createRemoteFetch({ isAllowed, resolve }).read(url, { maxBytes: 1_000, timeoutMs: 10_000, ...options });
const at = (host: string, path = "/") => `http://${host}:${port}${path}`;
const refusal = async (reading: Promise<unknown>) => {
  const error = await reading.then(
    () => "it was read",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RemoteFetchError);
  return (error as RemoteFetchError).reason;
};
const body = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString();

describe("an answer", () => {
  test("comes with its status, type, headers and bytes", async () => {
    answer = (_, response) => response.writeHead(201, { "Content-Type": "text/calendar", ETag: '"a"' }).end("hällo");
    const read1 = await read(at("outside.test"));
    expect(read1).toMatchObject({ status: 201, contentType: "text/calendar", headers: { etag: '"a"' } });
    expect(body(read1)).toBe("hällo");
  });

  test.each([304, 404, 500])("of status %d is one", async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    expect(await read(at(outside))).toMatchObject({ status, contentType: "" });
  });

  test("is asked for without cookies, credentials or a fragment, and with what the caller adds", async () => {
    await read(at("outside.test", "/a?b=c#d"), { accept: "text/calendar", headers: { "If-None-Match": '"a"' } });
    expect(seen[0]?.url).toBe("/a?b=c");
    expect(seen[0]?.headers).toEqual({
      host: `outside.test:${port}`,
      accept: "text/calendar",
      "accept-encoding": "gzip, deflate, br",
      "if-none-match": '"a"',
      "user-agent": "Parley",
      connection: "close",
    });
  });

  test("is sent no cookie that was set before", async () => {
    answer = (request, response) => {
      if (request.url === "/") response.writeHead(302, { Location: "/next", "Set-Cookie": "a=b" }).end();
      else response.end();
    };
    await read(at(outside));
    await read(at(outside, "/next"));
    expect(seen.map((request) => request.headers.cookie)).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("packed with %s is unpacked", async (encoding, pack) => {
    answer = (_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(pack("hello"));
    expect(body(await read(at(outside)))).toBe("hello");
  });
});

describe("addresses that are not allowed", () => {
  test.each([
    "inside.test",
    inside,
    "127.2",
    "0x7f.0.0.2",
    "0177.0.0.2",
    "2130706434",
    "0x7f000002",
    "[::ffff:127.0.0.2]",
  ])("are never connected to: %s", async (host) => {
    expect(await refusal(read(at(host)))).toBe("private_address");
    expect(connectionsInside).toBe(0);
  });

  test("are left out where a name has others", async () => {
    expect(body(await read(at("both.test")))).toBe("hello");
    expect(connectionsInside).toBe(0);
  });

  test("are refused where one is led to, on any hop", async () => {
    for (const host of ["inside.test", inside, "[::ffff:7f00:2]", "2130706434"]) {
      answer = (request, response) =>
        response.writeHead(302, { Location: request.url === "/" ? "/second" : at(host) }).end();
      expect(await refusal(read(at("outside.test")))).toBe("private_address");
    }
    expect(connectionsInside).toBe(0);
  });

  test("are refused where a name leads to them only the second time", async () => {
    lookups = 0;
    answer = (_, response) => response.writeHead(302, { Location: at("rebinding.test") }).end();
    // Each connection is checked by the lookup that it is made with.
    expect(await refusal(read(at("rebinding.test")))).toBe("private_address");
    expect(lookups).toBe(2);
    expect(connectionsInside).toBe(0);
  });

  test("are by default all but public ones", async () => {
    const { read: readPublic } = createRemoteFetch({ resolve });
    const options = { maxBytes: 1_000, timeoutMs: 10_000 };
    for (const host of [
      "outside.test",
      outside,
      "localhost",
      "[::1]",
      "0.0.0.0",
      "[::]",
      "169.254.169.254",
      "10.0.0.1",
    ]) {
      names.localhost = [outside];
      expect(await refusal(readPublic(at(host), options))).toBe("private_address");
    }
    expect(seen).toEqual([]);
  });

  test("are by default found by the system's own resolver", async () => {
    const { read: readPublic } = createRemoteFetch();
    expect(await refusal(readPublic(at("localhost"), { maxBytes: 1_000, timeoutMs: 10_000 }))).toBe("private_address");
    expect(seen).toEqual([]);
  });
});

describe("what is no address to read", () => {
  test.each([
    ["", "not_an_address"],
    ["calendar.ics", "not_an_address"],
    ["//outside.test/", "not_an_address"],
    ["http://", "not_an_address"],
    ["file:///etc/passwd", "not_an_address"],
    ["ftp://outside.test/", "not_an_address"],
    ["webcal://outside.test/", "not_an_address"],
    ["data:text/calendar,x", "not_an_address"],
    ["javascript:alert(1)", "not_an_address"],
    ["http://a:b@outside.test/", "credentials"],
    ["http://a@outside.test/", "credentials"],
    ["http://nowhere.test/", "unreachable"],
    ["http://unknown.test/", "unreachable"],
  ])("%j: %s", async (url, reason) => {
    expect(await refusal(read(url))).toBe(reason);
  });

  test.each([
    ["file:///etc/passwd", "not_an_address"],
    ["http://a:b@outside.test/", "credentials"],
    ["http://", "not_an_address"],
  ])("may not be led to either: %j", async (location, reason) => {
    answer = (_, response) => response.writeHead(302, { Location: location }).end();
    expect(await refusal(read(at(outside)))).toBe(reason);
  });

  test("is one where nobody listens", async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    expect(await refusal(read(at(outside)))).toBe("unreachable");
  });

  test("is one whose certificate nobody vouches for", async () => {
    // Plain HTTP where TLS is asked for: there is no handshake.
    expect(await refusal(read(`https://outside.test:${port}/`))).toBe("unreachable");
  });
});

describe("redirects", () => {
  test.each([301, 302, 303, 307, 308])("of status %d are followed, relative ones too", async (status) => {
    answer = (request, response) =>
      request.url === "/there?x"
        ? response.end("there")
        : response.writeHead(status, { Location: "there?x" }).end("here");
    expect(body(await read(at(outside, "/here")))).toBe("there");
  });

  test("are followed three times, not four", async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("done");
      else response.writeHead(302, { Location: `/${left - 1}` }).end();
    };
    expect(body(await read(at(outside, "/3")))).toBe("done");
    expect(await refusal(read(at(outside, "/4")))).toBe("too_many_redirects");
    expect(await refusal(read(at(outside, "/1"), { maxRedirects: 0 }))).toBe("too_many_redirects");
  });

  test("are not waited for to end", async () => {
    answer = (request, response) => {
      if (request.url === "/next") response.end("next");
      else response.writeHead(302, { Location: "/next" }).write("and on, and on");
    };
    expect(body(await read(at(outside)))).toBe("next");
  });

  test("that lead nowhere are an answer", async () => {
    answer = (_, response) => response.writeHead(302).end("x");
    expect(await read(at(outside))).toMatchObject({ status: 302 });
  });
});

describe("bounds", () => {
  test("hold for a body of known, of unknown, and of wrong length", async () => {
    answer = (_, response) => response.end("x".repeat(1_000));
    expect((await read(at(outside))).bytes).toHaveLength(1_000);
    answer = (_, response) => response.end("x".repeat(1_001));
    expect(await refusal(read(at(outside)))).toBe("too_large");
    answer = (_, response) => {
      response.write("x".repeat(600));
      response.end("x".repeat(600));
    };
    expect(await refusal(read(at(outside)))).toBe("too_large");
  });

  test("end a body that never ends", async () => {
    let isClosed = false;
    answer = (_, response) => {
      const more = () => {
        while (response.write("x".repeat(500)));
      };
      response.on("drain", more).on("close", () => {
        isClosed = true;
      });
      more();
    };
    expect(await refusal(read(at(outside)))).toBe("too_large");
    while (!isClosed) await wait(5);
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("hold for what %s unpacks to", async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(1_000_000));
    answer = (_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(bomb);
    expect(bomb.length).toBeLessThan(2_000);
    expect(await refusal(read(at(outside), { maxBytes: 2_000 }))).toBe("too_large");
  });

  test.each([
    ["gzip", "not packed at all"],
    ["unknown", "x"],
    ["gzip, br", "x"],
    ["constructor", "x"],
  ])("refuse an encoding that cannot be read: %s", async (encoding, text) => {
    answer = (_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(text);
    expect(await refusal(read(at(outside)))).toBe("unreadable");
  });

  test("hold for headers", async () => {
    answer = (_, response) => response.writeHead(200, { "X-Long": "x".repeat(100_000) }).end();
    expect(await refusal(read(at(outside)))).toBe("too_large");
  });

  const hurry = { timeoutMs: 300 };

  test("of time hold for an answer that does not come", async () => {
    answer = () => {};
    expect(await refusal(read(at(outside), hurry))).toBe("too_slow");
  });

  test("of time hold for a body that trickles", async () => {
    answer = (_, response) => {
      const trickle = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(trickle));
    };
    expect(await refusal(read(at(outside), hurry))).toBe("too_slow");
  });

  test("of time hold for all redirects together", async () => {
    answer = (_, response) => {
      setTimeout(() => response.writeHead(302, { Location: "/" }).end(), 120);
    };
    expect(await refusal(read(at(outside), { ...hurry, maxRedirects: 100 }))).toBe("too_slow");
  });

  test("of time hold for a name that is not resolved", async () => {
    const { read: readSlowly } = createRemoteFetch({ isAllowed, resolve: () => new Promise(() => {}) });
    expect(await refusal(readSlowly(at("outside.test"), { maxBytes: 1_000, ...hurry }))).toBe("too_slow");
  });
});

describe("what is no HTTP", () => {
  test.each(["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"])(
    "is not read: %j",
    async (greeting) => {
      const other = createTcpServer((socket) => socket.on("error", () => {}).end(greeting));
      const otherPort = await new Promise<number>((done) =>
        other.listen(0, outside, () => done((other.address() as AddressInfo).port)),
      );
      expect(await refusal(read(`http://${outside}:${otherPort}/`))).toBe("unreadable");
      other.close();
    },
  );

  test("or what ends in the middle, is not read", async () => {
    answer = (_, response) => {
      response.writeHead(200, { "Content-Length": 100 }).write("x");
      response.socket?.destroySoon();
    };
    expect(await refusal(read(at(outside)))).toBe("unreachable");
  });
});
