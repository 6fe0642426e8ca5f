import { once } from "node:events";
import http, { type ServerResponse } from "node:http";
import net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Listener, listen } from "./listener";

let listener: Listener;
let url: string;
const patienceMs = 30_000;

beforeEach(async () => {
  listener = await listen({ host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${listener.port}`;
});

afterEach(() => listener.drain(0));

/** What comes back on a bare connection, until the other side closes it. */
async function exchange(text: string): Promise<string> {
  const socket = net.connect(listener.port, "127.0.0.1");
  socket.write(text);
  let received = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    received += chunk;
  });
  await once(socket, "close");
  return received;
}

describe("before the app can serve", () => {
  it("is alive, is not ready, and says why", async () => {
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "alive" });
    listener.setReason("applying database migrations");
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: "not_ready", reason: "applying database migrations" });
  });

  it("answers all else with 503 in the documented shape", async () => {
    const answer = await fetch(`${url}/v1/users/me?a=b`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await answer.json()).toEqual({
      error: { code: "unavailable", message: expect.any(String), details: null },
    });
  });
});

describe("what is no HTTP", () => {
  it.each([
    ["noise", "\u0001\u0002\u0003\r\n\r\n", "400 Bad Request"],
    ["a header too long", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(40_000)}\r\n\r\n`, "431 Request Header"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "400 Bad Request",
    ],
  ])("%s is refused in the documented shape", async (_, text, status) => {
    const received = await exchange(text);
    expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`));
    expect(JSON.parse(received.split("\r\n\r\n")[1] ?? "")).toMatchObject({ error: { code: "validation_error" } });
  });

  it("a connection that breaks off harms nobody", async () => {
    const socket = net.connect(listener.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    socket.resetAndDestroy();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe("draining", () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  afterEach(() => agent.destroy());

  /** A whole exchange over a connection that its client would like to keep. */
  function get(path: string): Promise<{ body: string; connection: string | undefined }> {
    return new Promise((resolve, reject) => {
      http
        .get(url + path, { agent }, async (response) => {
          let body = "";
          for await (const chunk of response) body += String(chunk);
          resolve({ body, connection: response.headers.connection });
        })
        .on("error", reject);
    });
  }

  it("lets an exchange end that is under way, tells its client to leave, and closes without a wait", async () => {
    const waiting: ServerResponse[] = [];
    listener.serve((_request, response) => waiting.push(response));
    const answered = get("/slow");
    await expect.poll(() => waiting.length, { timeout: patienceMs }).toBe(1);
    let isDrained = false;
    const drained = listener.drain(patienceMs).then(() => {
      isDrained = true;
    });
    await delay(100);
    expect(isDrained).toBe(false);
    const releasedAt = performance.now();
    waiting[0]?.end("whole");
    expect(await answered).toEqual({ body: "whole", connection: "close" });
    await drained;
    // Not the time that idle connections are kept, nor the drain's own limit.
    expect(performance.now() - releasedAt).toBeLessThan(patienceMs / 2);
  });

  it("closes connections that wait for nothing at once", async () => {
    listener.serve((_request, response) => response.end("whole"));
    expect(await get("/quick")).toEqual({ body: "whole", connection: "keep-alive" });
    const begun = performance.now();
    await listener.drain(patienceMs);
    expect(performance.now() - begun).toBeLessThan(patienceMs / 2);
  });

  it("does not wait for a connection on which nothing was ever asked", async () => {
    const socket = net.connect(listener.port, "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    const begun = performance.now();
    await listener.drain(patienceMs);
    expect(performance.now() - begun).toBeLessThan(patienceMs / 2);
    await closed;
  });

  it("waits for a request that has only begun to arrive", async () => {
    listener.serve((_request, response) => response.end("whole"));
    const socket = net.connect(listener.port, "127.0.0.1");
    await new Promise((resolve) => socket.write("GET / HTTP/1.1\r\nHo", resolve));
    // Once this is answered, what was sent before has been read.
    await get("/after");
    const drained = listener.drain(patienceMs);
    await delay(200);
    socket.write("st: a\r\n\r\n");
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK.+Connection: close.+whole/s);
    await drained;
  });

  it("ends the busiest client's connection with a whole answer", async () => {
    listener.serve((_request, response) => setTimeout(() => response.end("whole"), 20));
    const bodies: string[] = [];
    let isRefused = false;
    const busy = (async () => {
      while (!isRefused) {
        await get("/again").then(
          ({ body }) => bodies.push(body),
          () => {
            isRefused = true;
          },
        );
      }
    })();
    await expect.poll(() => bodies.length, { timeout: patienceMs }).toBeGreaterThan(3);
    const begun = performance.now();
    await listener.drain(patienceMs);
    expect(performance.now() - begun).toBeLessThan(patienceMs / 2);
    await busy;
    expect(new Set(bodies)).toEqual(new Set(["whole"]));
  });

  it("takes no new connection", async () => {
    await listener.drain(patienceMs);
    await expect(fetch(`${url}/healthz`)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  it("cuts what has not ended in time", async () => {
    listener.serve(() => {});
    const answered = get("/never");
    const outcome = expect(answered).rejects.toMatchObject({ code: "ECONNRESET" });
    await delay(100);
    await listener.drain(200);
    await outcome;
  });
});

it("says which port is taken", async () => {
  await expect(listen({ host: "127.0.0.1", port: listener.port })).rejects.toMatchObject({
    code: "EADDRINUSE",
    message: expect.stringContaining(String(listener.port)),
  });
});
