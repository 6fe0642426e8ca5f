import { setTimeout as delay } from "node:timers/promises";
import { openDependencies } from "@parley/api/dependencies";
import { startWorker } from "@parley/api/worker";
import pino from "pino";
import { readEnvOrExit } from "./env";
import { createFront } from "./listener/front";
import { listen } from "./listener/listener";
import { createMetrics } from "./metrics/plugin";
import { createServer } from "./server";
import { discoverSurfaces } from "./surfaces/discover";

/** `main.js` serves and runs jobs; `main.js worker` runs jobs alone. */
const isWorkerAlone = process.argv[2] === "worker";
const drainMs = 8_000;
const startPatienceMs = 20_000;
/** Within the half minute that orchestrators give before they kill. */
const stopPatienceMs = 25_000;

const env = readEnvOrExit();
const log = pino({ level: env.logLevel, base: null });
const stops: (() => Promise<unknown>)[] = [];
let isStopping = false;

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
const starting = start();
await starting.catch((error: unknown) => {
  log.fatal({ err: error }, "could not start");
  return stop("failure", 1);
});

async function start(): Promise<void> {
  const listener = isWorkerAlone ? null : await listen(env);
  if (listener !== null) stops.push(() => listener.drain(drainMs));
  const deps = await openDependencies({
    ...env.options,
    log: {
      info: (facts, message) => {
        listener?.setReason(message);
        log.info(facts, message);
      },
      warn: (facts, message) => log.warn(facts, message),
      error: (facts, message) => log.error(facts, message),
    },
  });
  // The first to be opened is the last to be closed.
  stops.unshift(() => deps.close());
  if (env.isWorkerOn || isWorkerAlone) {
    const worker = await startWorker(deps);
    stops.push(() => worker.stop());
  }
  if (listener === null) return log.info({}, "the worker runs");
  const metrics = createMetrics(deps);
  const app = await createServer(deps, {
    surfaces: await discoverSurfaces(),
    isProxyTrusted: env.isProxyTrusted,
    apiUrl: env.options.apiUrl,
    webUrl: env.options.webUrl,
    metrics,
    log,
  });
  await app.ready();
  listener.serve(createFront(app, { deps, metrics, isProxyTrusted: env.isProxyTrusted }));
  log.info({ port: listener.port }, `the REST app serves at ${env.options.apiUrl}`);
}

async function stop(cause: string, code = 0): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ cause }, "stopping");
  setTimeout(() => {
    log.fatal({}, "could not stop in time; ending at once");
    process.exit(1);
  }, stopPatienceMs).unref();
  // What is half open, PostgreSQL above all, could not be closed. But nobody waits for a database that hangs.
  await Promise.race([starting.catch(() => {}), delay(startPatienceMs)]);
  for (const close of stops.reverse())
    await close().catch((error: unknown) => log.error({ err: error }, "did not close"));
  process.exit(code);
}
