import { describe, expect, test } from "vitest";
import { inside, outside, refusal, textOf, useNetworks } from "../test/networks";
import { createRemoteFetch } from "./remote-fetch";

const net = useNetworks();
const { at, read, resolve } = net;

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
    expect(net.connectionsInside).toBe(0);
  });

  test("are left out where a name has others", async () => {
    expect(textOf(await read(at("both.test")))).toBe("hello");
    expect(net.connectionsInside).toBe(0);
  });

  test("are refused where one is led to, on any hop", async () => {
    for (const host of ["inside.test", inside, "[::ffff:7f00:2]", "2130706434"]) {
      net.answer = (request, response) =>
        response.writeHead(302, { Location: request.url === "/" ? "/second" : at(host) }).end();
      expect(await refusal(read(at("outside.test")))).toBe("private_address");
    }
    expect(net.connectionsInside).toBe(0);
  });

  test("are refused where a name leads to them only the second time", async () => {
    net.lookups = 0;
    net.answer = (_, response) => response.writeHead(302, { Location: at("rebinding.test") }).end();
    // Each connection is checked by the lookup that it is made with.
    expect(await refusal(read(at("rebinding.test")))).toBe("private_address");
    expect(net.lookups).toBe(2);
    expect(net.connectionsInside).toBe(0);
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
      net.names.localhost = [outside];
      expect(await refusal(readPublic(at(host), options))).toBe("private_address");
    }
    expect(net.seen).toEqual([]);
  });

  test("are by default found by the system's own resolver", async () => {
    const { read: readPublic } = createRemoteFetch();
    expect(await refusal(readPublic(at("localhost"), { maxBytes: 1_000, timeoutMs: 10_000 }))).toBe("private_address");
    expect(net.seen).toEqual([]);
  });
});
