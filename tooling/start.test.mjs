import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

/** A stand-in for an app: takes a moment to be ready, a moment to drain, and dies when told to. */
const app = `
  import { createServer } from "node:http";
  const last = process.argv.at(-1);
  const port = process.argv.includes("--port") ? last : last === "worker" ? 0 : process.env.REST_PORT;
  let asked = 0;
  createServer((request, response) => {
    if (request.url === "/die") process.exit(7);
    response.statusCode = asked++ < 2 ? 503 : 200;
    response.end("migrating");
  }).listen(Number(port), "127.0.0.1", () => {
    console.log(JSON.stringify({ level: 30, time: 0, msg: "listening", DATA_DIR: process.env.DATA_DIR }));
  });
  process.on("SIGTERM", () => {
    console.log("draining");
    setTimeout(() => process.exit(0), 100);
  });
`;

const running = [];
let tree;
let port;

beforeAll(() => {
  tree = mkdtempSync(path.join(tmpdir(), "parley-start-"));
  for (const file of readdirSync(import.meta.dirname).filter((name) => /^[\w-]+\.mjs$/.test(name))) {
    cpSync(path.join(import.meta.dirname, file), path.join(tree, "tooling", file));
  }
  writeTree({
    "package.json": '{"packageManager":"pnpm@0.0.0"}',
    "pnpm-lock.yaml": "",
    "node_modules/.pnpm-workspace-state-v1.json": "{}",
    "node_modules/.bin/turbo": "#!/bin/sh\nexit 0\n",
    "apps/rest/package.json": '{"type":"module"}',
    "apps/rest/dist/main.js": app,
    "apps/web/package.json": "{}",
    "apps/web/node_modules/next/dist/bin/package.json": '{"type":"module"}',
    "apps/web/node_modules/next/dist/bin/next": app,
  });
});

afterEach(async () => {
  for (const starter of running.splice(0)) {
    starter.child.kill("SIGTERM");
    await starter.ended;
  }
});

afterAll(() => rmSync(tree, { recursive: true }));

function writeTree(files) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text, { mode: 0o755 });
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}

async function start(args = [], env = {}) {
  port = await freePort();
  const child = spawn(process.execPath, ["tooling/start.mjs", ...args], {
    cwd: tree,
    env: { ...process.env, REST_PORT: String(port), WEB_PORT: String(await freePort()), DATA_DIR: "data", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const starter = {
    child,
    output: "",
    ended: new Promise((resolve) => child.on("close", resolve)),
    says: (text) => expect.poll(() => starter.output, { timeout: 20_000 }).toContain(text),
  };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (starter.output += chunk));
  running.push(starter);
  return starter;
}

const answers = () =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

test("starts one part after the other, says where they are, and stops the last one first", async () => {
  const starter = await start();
  await starter.says("Parley is running.");
  expect(starter.output).toMatch(/Starting rest….*listening.*Starting web….*listening.*Parley is running\./s);
  expect(starter.output).toContain(`http://localhost:${port}/v1`);
  expect(starter.output).toContain(`DATA_DIR=${path.join(tree, "data")}`);
  starter.child.kill("SIGINT");
  starter.child.kill("SIGINT");
  expect(await starter.ended).toBe(0);
  expect(starter.output.match(/\w+ +draining/g)).toEqual(["web    draining", "rest   draining"]);
  expect(await answers()).toBe(false);
});

test("passes the log of a part alone through as it is", async () => {
  const starter = await start(["rest"]);
  await starter.says("Parley is running.");
  expect(starter.output).toContain('{"level":30,"time":0,"msg":"listening"');
});

test("ends with the exit code of a part that dies", async () => {
  const starter = await start();
  await starter.says("Parley is running.");
  await fetch(`http://127.0.0.1:${port}/die`).catch(() => null);
  expect(await starter.ended).toBe(7);
  expect(starter.output).toContain("rest has ended by itself (exit code 7)");
});

test("takes its parts along when it is killed", async () => {
  const starter = await start();
  await starter.says("Parley is running.");
  starter.child.kill("SIGKILL");
  await starter.ended;
  await expect.poll(answers, { timeout: 10_000 }).toBe(false);
});

test("runs a part that has no port", async () => {
  const starter = await start(["worker"]);
  await starter.says("Parley is running.");
  starter.child.kill("SIGTERM");
  expect(await starter.ended).toBe(0);
});

test("names the port that is in use, and the variable that chooses it", async () => {
  const first = await start();
  await first.says("Parley is running.");
  const taken = String(port);
  const second = await start([], { REST_PORT: taken });
  expect(await second.ended).toBe(1);
  expect(second.output).toBe(`Port ${taken} is in use already. Free it, or choose another one with REST_PORT.\n`);
});

test.each([
  [[], { REST_PORT: "many" }, 'REST_PORT must be a port between 1 and 65535, not "many".\n'],
  [["kitchen"], {}, 'There is no part "kitchen"; there are rest, worker, web.\n'],
])("refuses what it cannot run: %j %j", async (args, env, message) => {
  const starter = await start(args, env);
  expect(await starter.ended).toBe(1);
  expect(starter.output).toBe(message);
});
