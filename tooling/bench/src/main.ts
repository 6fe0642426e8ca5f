import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { startEmbedded } from "@parley/db/embedded";
import { chooseParts } from "../../parts.mjs";
import { median } from "./load";
import { firstAnswer, otherCore, peakMegabytes, pin, type Started, serverCore, startPinned } from "./processes";
import { seedSchedules } from "./schedules";
import { freeHostsSeconds, openProcedures, schedulingWorks } from "./scheduling";
import { searchWork } from "./search";
import { promote, seed } from "./seed";
import { loadWorks, type Work } from "./works";

const root = path.resolve(import.meta.dirname, "../../..");
const rounds = 3;
const seconds = Number(process.argv[2] ?? 5);
/** Measures only the works whose name holds this. */
const filter = process.argv[3] ?? "";
const ports = { rest: 4810, constant: 4811, fastify: 4812, sharp: 4813 };
const at = Object.fromEntries(
  Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]),
) as Record<keyof typeof ports, string>;
/** As `npm start` runs it. */
const restArguments: string[] = chooseParts(["rest"], { isWatching: false, env: {} }).flatMap(({ args }) => args);

if (!existsSync(path.join(root, "apps/rest/dist/main.js"))) throw new Error("build first: npm run build");
const dataDir = mkdtempSync(path.join(tmpdir(), "parley-bench-"));
const restEnv = {
  DATA_DIR: dataDir,
  REST_PORT: String(ports.rest),
  RATE_LIMIT: "off",
  WORKER: "off",
  LOG_LEVEL: "error",
};
const startRest = (env: NodeJS.ProcessEnv = {}) =>
  startPinned(serverCore, process.execPath, restArguments, { ...restEnv, ...env });
const running: Started[] = [];

try {
  const restartSeconds = await measureRestart();
  say("starting PostgreSQL and seeding 100,000 hosts");
  const postgres = await startEmbedded({ dataDir });
  running.push({ pid: 0, stop: () => postgres.stop(), kill: () => postgres.stop() });
  pin(postmasterPid(), otherCore);
  await seed(postgres.url);
  await seedSchedules(postgres.url);
  const rest = startRest({ DATABASE_URL: postgres.url });
  running.push(rest);
  await firstAnswer(`${at.rest}/readyz`, performance.now());
  const token = await register();
  await promote(postgres.url, "bench@parley.example", "bench-host");
  running.push(...(await startPeers(postgres.url)));

  const procedures = await openProcedures(postgres.url, dataDir);
  running.push({ pid: process.pid, stop: procedures.close, kill: procedures.close });

  const works = [
    ...(await loadWorks(at, token, "bench-host")),
    searchWork(at.rest, postgres.url),
    ...schedulingWorks(procedures, postgres.url),
  ];
  const results: Result[] = [];
  for (const work of works.filter(({ name }) => name.includes(filter))) results.push(await measure(work));
  results.push(withinSeconds("restart to first answer", restartSeconds, 3));
  results.push(withinSeconds("who is free within a month, of 1,000 hosts", await measureFreeHosts(), 1));
  report(results, peakMegabytes(rest.pid));
} finally {
  for (const started of running.reverse()) await started.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

interface Result {
  work: string;
  unit: string;
  ours: number;
  peer: number | null;
  ratio: number | null;
  goal: string;
  isReached: boolean;
}

/** Paired rounds in turn, so that a neighbour's noise falls on both sides; the median of the ratios counts. */
async function measure(work: Work): Promise<Result> {
  const isLatency = work.unit.startsWith("ms");
  const measured: { ours: number; peer: number; ratio: number }[] = [];
  await work.measure(1);
  for (let round = 1; round <= rounds; round += 1) {
    const { ours, peer } = await work.measure(seconds);
    measured.push({ ours, peer, ratio: isLatency ? peer / ours : ours / peer });
    say(`${work.name}, round ${round}: ours ${ours.toFixed(1)}, peer ${peer.toFixed(1)} ${work.unit}`);
  }
  const ratio = median(measured.map((round) => round.ratio));
  return {
    work: work.name,
    unit: work.unit,
    ours: median(measured.map((round) => round.ours)),
    peer: median(measured.map((round) => round.peer)),
    ratio,
    goal: isLatency ? `p95 within ${Math.round(1 / work.goal)}x` : `at least ${work.goal}`,
    isReached: ratio >= work.goal,
  };
}

/** From `exec` to the first profile served, PostgreSQL's own start included, on data that exists. */
async function measureRestart(): Promise<number> {
  say("measuring restart with the embedded database");
  const first = startRest();
  await firstAnswer(`${at.rest}/readyz`, performance.now());
  await first.stop();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const since = performance.now();
    const again = startRest();
    times.push((await firstAnswer(`${at.rest}/v1/openapi.json`, since)) / 1000);
    await again.stop();
  }
  return median(times);
}

async function measureFreeHosts(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) times.push(await freeHostsSeconds(at.rest));
  return median(times.slice(1));
}

function withinSeconds(work: string, seconds: number, goal: number): Result {
  return {
    work,
    unit: "s",
    ours: seconds,
    peer: null,
    ratio: null,
    goal: `under ${goal} s`,
    isReached: seconds < goal,
  };
}

async function register(): Promise<string> {
  const response = await fetch(`${at.rest}/v1/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "bench@parley.example", password: "a bench password", display_name: "Bench Host" }),
  });
  const { access_token } = (await response.json()) as { access_token: string };
  return access_token;
}

async function startPeers(databaseUrl: string): Promise<Started[]> {
  const answer = await fetch(`${at.rest}/v1/users/bench-host`);
  const headers = Object.fromEntries(
    [...answer.headers].filter(([name]) => !["connection", "keep-alive", "date", "transfer-encoding"].includes(name)),
  );
  const env = {
    DATABASE_URL: databaseUrl,
    JWKS_URL: `${at.rest}/.well-known/jwks.json`,
    ANSWER: JSON.stringify({ headers, body: await answer.text() }),
  };
  const peers = path.join(import.meta.dirname, "peers.ts");
  const loader = import.meta.resolve("tsx");
  const started = (["constant", "fastify", "sharp"] as const).map((name) =>
    startPinned(serverCore, process.execPath, ["--import", loader, peers, name, String(ports[name])], env),
  );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return started;
}

function postmasterPid(): number {
  return Number(readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
}

function report(results: Result[], megabytes: number): void {
  const rows = results.map(({ work, unit, ours, peer, ratio, goal, isReached }) => [
    work,
    `${ours.toFixed(ours < 10 ? 2 : 0)} ${unit}`,
    peer === null ? "" : `${peer.toFixed(peer < 10 ? 2 : 0)} ${unit}`,
    ratio === null ? "" : ratio.toFixed(2),
    goal,
    isReached ? "reached" : "short",
  ]);
  const table = [["work", "ours", "peer", "ratio", "goal", ""], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  console.log(`\npeak memory of the server: ${megabytes} MB (8 avatars of 12 megapixels at once included)`);
  const machine = { node: process.version, cores: availableParallelism(), secondsARound: seconds, rounds };
  mkdirSync(path.join(root, "bench"), { recursive: true });
  writeFileSync(
    path.join(root, "bench/results.json"),
    `${JSON.stringify({ machine, peakMegabytes: megabytes, results }, null, 2)}\n`,
  );
}

function say(message: string): void {
  console.log(`[bench] ${message}`);
}
