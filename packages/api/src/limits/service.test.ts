import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRateLimiter, type RateLimiter } from "./service";

const here = "192.0.2.1";
const elsewhere = "192.0.2.2";

async function consumeTimes(limiter: RateLimiter, times: number, address = here) {
  const states = [];
  for (let call = 0; call < times; call += 1) {
    const state = await limiter.consume("login", null, address);
    if (state === null) throw new Error("limits are on");
    states.push(state);
  }
  return states;
}

const allowed = (states: { isAllowed: boolean }[]) => states.filter(({ isAllowed }) => isAllowed).length;

describe("in process", () => {
  const limiter = createRateLimiter({ isEnabled: true });

  test("allows as many calls as the policy says, and tells what is left of them", async () => {
    const states = await consumeTimes(limiter, 7, "198.51.100.1");
    expect(states.map(({ isAllowed }) => isAllowed)).toEqual([true, true, true, true, true, false, false]);
    expect(states.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0, 0, 0]);
    expect(states.map(({ limit }) => limit)).toEqual([5, 5, 5, 5, 5, 5, 5]);
  });

  test("tells one end of the window, in whole seconds to come", async () => {
    const before = Date.now() / 1000;
    const states = await consumeTimes(limiter, 50, "198.51.100.2");
    expect(new Set(states.map(({ resetSeconds }) => resetSeconds)).size).toBe(1);
    expect(states[0]?.resetSeconds).toSatisfy(Number.isInteger);
    expect(states[0]?.resetSeconds).toBeGreaterThanOrEqual(before + 15 * 60);
  });

  test("refuses with the seconds to wait", async () => {
    const refused = (await consumeTimes(limiter, 6, "198.51.100.3")).at(-1);
    expect(refused?.refusal).toMatchObject({ code: "rate_limited" });
    expect(refused?.refusal.retryAfterSeconds).toBeGreaterThan(15 * 60 - 60);
    expect(refused?.refusal.retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
  });

  test("counts sign-ins apart from all else, and addresses and users apart from each other", async () => {
    const address = "198.51.100.4";
    await consumeTimes(limiter, 6, address);
    expect(await limiter.consume(undefined, null, address)).toMatchObject({ isAllowed: true, remaining: 29 });
    expect(await limiter.consume(undefined, "ann", address)).toMatchObject({ isAllowed: true, remaining: 99 });
    expect(await limiter.consume(undefined, "bob", address)).toMatchObject({ isAllowed: true, remaining: 99 });
    expect(await limiter.consume("login", null, "198.51.100.5")).toMatchObject({ isAllowed: true, remaining: 4 });
  });

  test("counts calls at the same time one by one", async () => {
    const calls = Array.from({ length: 20 }, () => limiter.consume("login", null, "198.51.100.6"));
    expect((await Promise.all(calls)).filter((state) => state?.isAllowed)).toHaveLength(5);
  });

  test("counts nothing where limits are off", async () => {
    const off = createRateLimiter({ isEnabled: false });
    for (let call = 0; call < 10; call += 1) expect(await off.consume("login", null, here)).toBeNull();
    await off.close();
  });

  describe("as time goes by", () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    test("begins anew when the window has ended", async () => {
      const address = "198.51.100.7";
      const [first] = await consumeTimes(limiter, 6, address);
      vi.advanceTimersByTime(15 * 60 * 1000);
      const [second] = await consumeTimes(limiter, 1, address);
      expect(second).toMatchObject({ isAllowed: true, remaining: 4 });
      expect(second?.resetSeconds).toBe((first?.resetSeconds ?? 0) + 15 * 60);
    });
  });
});

describe("in Redis", () => {
  let port: number;
  let server: ChildProcess;
  let redis: Redis;
  const limiters: RateLimiter[] = [];

  beforeEach(async () => {
    port = await freePort();
    server = await startRedis(port);
    redis = new Redis(port, "127.0.0.1");
    redis.on("error", () => {});
  });

  afterEach(async () => {
    redis.disconnect();
    await Promise.all(limiters.splice(0).map((limiter) => limiter.close()));
    await end(server);
  });

  /** A limiter as another process has it, once it counts in Redis. */
  async function connected(): Promise<RateLimiter> {
    const limiter = createRateLimiter({ isEnabled: true, redisUrl: `redis://127.0.0.1:${port}` });
    limiters.push(limiter);
    await countsInRedis(limiter, `203.0.113.${limiters.length}`);
    return limiter;
  }

  async function countsInRedis(limiter: RateLimiter, address: string): Promise<void> {
    await vi.waitFor(
      async () => {
        await limiter.consume("register", null, address);
        expect(await redis.exists(`parley:limit:register:${address}`)).toBe(1);
      },
      { timeout: 20_000, interval: 20 },
    );
  }

  test("several processes count together", async () => {
    const [one, other] = [await connected(), await connected()];
    const states = [
      ...(await consumeTimes(one, 2)),
      ...(await consumeTimes(other, 2)),
      ...(await consumeTimes(one, 1)),
      ...(await consumeTimes(other, 1)),
      ...(await consumeTimes(one, 1)),
    ];
    expect(states.map(({ isAllowed }) => isAllowed)).toEqual([true, true, true, true, true, false, false]);
    expect(states.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0, 0, 0]);
    expect(allowed(await consumeTimes(other, 6, elsewhere))).toBe(5);
  });

  test("each process tells one end of the window", async () => {
    const limiter = await connected();
    const states = await consumeTimes(limiter, 50);
    expect(new Set(states.map(({ resetSeconds }) => resetSeconds)).size).toBe(1);
  });

  test("counts sign-ins apart from all else", async () => {
    const limiter = await connected();
    await consumeTimes(limiter, 6);
    expect(await limiter.consume(undefined, null, here)).toMatchObject({ isAllowed: true, remaining: 29 });
    expect(await limiter.consume(undefined, "ann", here)).toMatchObject({ isAllowed: true, remaining: 99 });
  });

  test("counts for itself while Redis is away, neither refusing all nor allowing all, and together again after", async () => {
    const limiter = await connected();
    await end(server);
    expect(allowed(await consumeTimes(limiter, 10))).toBe(5);

    server = await startRedis(port);
    await countsInRedis(limiter, "203.0.113.99");
  });

  test("counts for itself while Redis hangs", async () => {
    const limiter = await connected();
    server.kill("SIGSTOP");
    expect(allowed(await consumeTimes(limiter, 7))).toBe(5);
    server.kill("SIGCONT");
  });

  test("starts without Redis", async () => {
    await end(server);
    const limiter = createRateLimiter({ isEnabled: true, redisUrl: `redis://127.0.0.1:${port}` });
    limiters.push(limiter);
    expect(allowed(await consumeTimes(limiter, 10))).toBe(5);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP port was asked for");
  return address.port;
}

async function startRedis(port: number): Promise<ChildProcess> {
  const options = ["--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", options, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout?.on("data", (line) => {
      if (String(line).includes("Ready to accept connections")) resolve();
    });
  });
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGKILL");
  await ended;
}
