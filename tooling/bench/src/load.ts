import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { otherCore } from "./processes";

const run = promisify(execFile);

export interface LoadRequest {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  /** Sent as is with every request, but that `{n}` in text becomes the request's number. */
  body?: Uint8Array | string;
  connections?: number;
  seconds: number;
}

/**
 * Requests answered with 2xx a second, by wrk on the core that the server does not use. Any other answer fails the
 * benchmark: a refusal is cheap, and would count as speed.
 */
export async function requestsPerSecond(request: LoadRequest): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "parley-load-"));
  const script = path.join(folder, "request.lua");
  writeFileSync(script, await luaScript(folder, request));
  const connections = String(request.connections ?? 16);
  const { stdout } = await run(
    "taskset",
    [
      "-c",
      otherCore,
      "wrk",
      "-t1",
      `-c${connections}`,
      `-d${request.seconds}s`,
      "--timeout",
      "30s",
      "-s",
      script,
      request.url,
    ],
    { maxBuffer: 1 << 20 },
  );
  const answered = JSON.parse(stdout.slice(stdout.lastIndexOf("{"))) as {
    requests: number;
    micros: number;
    failed: number;
  };
  if (answered.failed > 0)
    throw new Error(`${request.method ?? "GET"} ${request.url}: ${answered.failed} requests failed\n${stdout}`);
  return answered.requests / (answered.micros / 1_000_000);
}

async function luaScript(folder: string, { method = "GET", headers = {}, body }: LoadRequest): Promise<string> {
  const lines = [`wrk.method = ${JSON.stringify(method)}`];
  for (const [name, value] of Object.entries(headers))
    lines.push(`wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`);
  if (body !== undefined) {
    const file = path.join(folder, "body");
    writeFileSync(file, body);
    lines.push(`wrk.body = io.open(${JSON.stringify(file)}, "rb"):read("*all")`);
  }
  if (typeof body === "string") {
    lines.push("local n = 0", "local template = wrk.body");
    lines.push(`request = function() n = n + 1; return wrk.format(nil, nil, nil, (template:gsub("{n}", n))) end`);
  }
  lines.push(
    "done = function(summary)",
    "  local e = summary.errors",
    `  io.write(string.format('{"requests": %d, "micros": %d, "failed": %d}', summary.requests, summary.duration, e.status + e.connect + e.read + e.write + e.timeout))`,
    "end",
  );
  return lines.join("\n");
}

/** The 95th percentile, in milliseconds, of `act` run over all inputs by a few workers at once. */
export async function p95Milliseconds<T>(
  inputs: readonly T[],
  workers: number,
  act: (input: T) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let index = next++; index < inputs.length; index = next++) {
        const start = performance.now();
        await act(inputs[index] as T);
        times.push(performance.now() - start);
      }
    }),
  );
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
