import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { isAllowed, outside, refusal, useNetworks } from "../test/networks";
import { createRemoteFetch } from "./remote-fetch";

const net = useNetworks();
const { at, read } = net;

describe("bounds", () => {
  test("hold for a body of known, of unknown, and of wrong length", async () => {
    net.answer = (_, response) => response.end("x".repeat(1_000));
    expect((await read(at(outside))).bytes).toHaveLength(1_000);
    net.answer = (_, response) => response.end("x".repeat(1_001));
    expect(await refusal(read(at(outside)))).toBe("too_large");
    net.answer = (_, response) => {
      response.write("x".repeat(600));
      response.end("x".repeat(600));
    };
    expect(await refusal(read(at(outside)))).toBe("too_large");
  });

  test("end a body that never ends", async () => {
    let isClosed = false;
    net.answer = (_, response) => {
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
    net.answer = (_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(bomb);
    expect(bomb.length).toBeLessThan(2_000);
    expect(await refusal(read(at(outside), { maxBytes: 2_000 }))).toBe("too_large");
  });

  test.each([
    ["gzip", "not packed at all"],
    ["unknown", "x"],
    ["gzip, br", "x"],
    ["constructor", "x"],
  ])("refuse an encoding that cannot be read: %s", async (encoding, text) => {
    net.answer = (_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(text);
    expect(await refusal(read(at(outside)))).toBe("unreadable");
  });

  test("hold for headers", async () => {
    net.answer = (_, response) => response.writeHead(200, { "X-Long": "x".repeat(100_000) }).end();
    expect(await refusal(read(at(outside)))).toBe("too_large");
  });

  const hurry = { timeoutMs: 300 };

  test("of time hold for an answer that does not come", async () => {
    net.answer = () => {};
    expect(await refusal(read(at(outside), hurry))).toBe("too_slow");
  });

  test("of time hold for a body that trickles", async () => {
    net.answer = (_, response) => {
      const trickle = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(trickle));
    };
    expect(await refusal(read(at(outside), hurry))).toBe("too_slow");
  });

  test("of time hold for all redirects together", async () => {
    net.answer = (_, response) => {
      setTimeout(() => response.writeHead(302, { Location: "/" }).end(), 120);
    };
    expect(await refusal(read(at(outside), { ...hurry, maxRedirects: 100 }))).toBe("too_slow");
  });

  test("of time hold for a name that is not resolved", async () => {
    const { read: readSlowly } = createRemoteFetch({ isAllowed, resolve: () => new Promise(() => {}) });
    expect(await refusal(readSlowly(at("outside.test"), { maxBytes: 1_000, ...hurry }))).toBe("too_slow");
  });
});
