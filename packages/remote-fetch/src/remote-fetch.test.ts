import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { outside, refusal, textOf, useNetworks } from "../test/networks";

const net = useNetworks();
const { at, read } = net;

describe("an answer", () => {
  test("comes with its status, type, headers and bytes", async () => {
    net.answer = (_, response) =>
      response.writeHead(201, { "Content-Type": "text/calendar", ETag: '"a"' }).end("hällo");
    const read1 = await read(at("outside.test"));
    expect(read1).toMatchObject({ status: 201, contentType: "text/calendar", headers: { etag: '"a"' } });
    expect(textOf(read1)).toBe("hällo");
  });

  test.each([304, 404, 500])("of status %d is one", async (status) => {
    net.answer = (_, response) => response.writeHead(status).end();
    expect(await read(at(outside))).toMatchObject({ status, contentType: "" });
  });

  test("is asked for without cookies, credentials or a fragment, and with what the caller adds", async () => {
    await read(at("outside.test", "/a?b=c#d"), { accept: "text/calendar", headers: { "If-None-Match": '"a"' } });
    expect(net.seen[0]?.url).toBe("/a?b=c");
    expect(net.seen[0]?.headers).toEqual({
      host: `outside.test:${net.port}`,
      accept: "text/calendar",
      "accept-encoding": "gzip, deflate, br",
      "if-none-match": '"a"',
      "user-agent": "Parley",
      connection: "close",
    });
  });

  test("is sent no cookie that was set before", async () => {
    net.answer = (request, response) => {
      if (request.url === "/") response.writeHead(302, { Location: "/next", "Set-Cookie": "a=b" }).end();
      else response.end();
    };
    await read(at(outside));
    await read(at(outside, "/next"));
    expect(net.seen.map((request) => request.headers.cookie)).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("packed with %s is unpacked", async (encoding, pack) => {
    net.answer = (_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(pack("hello"));
    expect(textOf(await read(at(outside)))).toBe("hello");
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
    net.answer = (_, response) => response.writeHead(302, { Location: location }).end();
    expect(await refusal(read(at(outside)))).toBe(reason);
  });

  test("is one where nobody listens", async () => {
    net.server.closeAllConnections();
    await new Promise((done) => net.server.close(done));
    expect(await refusal(read(at(outside)))).toBe("unreachable");
  });

  test("is one whose certificate nobody vouches for", async () => {
    // Plain HTTP where TLS is asked for: there is no handshake.
    expect(await refusal(read(`https://outside.test:${net.port}/`))).toBe("unreachable");
  });
});

describe("redirects", () => {
  test.each([301, 302, 303, 307, 308])("of status %d are followed, relative ones too", async (status) => {
    net.answer = (request, response) =>
      request.url === "/there?x"
        ? response.end("there")
        : response.writeHead(status, { Location: "there?x" }).end("here");
    expect(textOf(await read(at(outside, "/here")))).toBe("there");
  });

  test("are followed three times, not four", async () => {
    net.answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("done");
      else response.writeHead(302, { Location: `/${left - 1}` }).end();
    };
    expect(textOf(await read(at(outside, "/3")))).toBe("done");
    expect(await refusal(read(at(outside, "/4")))).toBe("too_many_redirects");
    expect(await refusal(read(at(outside, "/1"), { maxRedirects: 0 }))).toBe("too_many_redirects");
  });

  test("are not waited for to end", async () => {
    net.answer = (request, response) => {
      if (request.url === "/next") response.end("next");
      else response.writeHead(302, { Location: "/next" }).write("and on, and on");
    };
    expect(textOf(await read(at(outside)))).toBe("next");
  });

  test("that lead nowhere are an answer", async () => {
    net.answer = (_, response) => response.writeHead(302).end("x");
    expect(await read(at(outside))).toMatchObject({ status: 302 });
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
    net.answer = (_, response) => {
      response.writeHead(200, { "Content-Length": 100 }).write("x");
      response.socket?.destroySoon();
    };
    expect(await refusal(read(at(outside)))).toBe("unreachable");
  });
});
