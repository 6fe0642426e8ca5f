import type { Dependencies } from "@parley/api/dependencies";
import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  registry: Registry;
  /** Counts one answered request. `route` is a pattern, never a path: labels must stay few. */
  countRequest(method: string, route: string, status: number, seconds: number): void;
  /** Counts one answer that left as bytes, before any route: too quick to be timed. */
  countCached(status: number): void;
}

/** Prometheus figures of this process; the event loop and memory come with the library's defaults. */
export function createMetrics(deps: Dependencies): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ["method", "route", "status"] as const;
  const requests = new Counter({
    name: "parley_http_requests_total",
    help: "Requests answered",
    labelNames,
    registers: [registry],
  });
  // Labelled once: looking labels up costs more than the rest of such an answer.
  const cachedFresh = requests.labels("GET", "cached", "200");
  const cachedUnchanged = requests.labels("GET", "cached", "304");
  const latency = new Histogram({
    name: "parley_http_request_seconds",
    help: "Time from a request's first byte to its answer's last",
    labelNames: ["route"] as const,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  new Gauge({
    name: "parley_database_connections",
    help: "Connections of the pool by state",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = deps.database.pool;
      this.set({ state: "open" }, totalCount);
      this.set({ state: "idle" }, idleCount);
      this.set({ state: "waiting" }, waitingCount);
    },
  });
  new Gauge({
    name: "parley_jobs",
    help: "Background jobs by state",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      // While the database is away the other figures matter most; this one is missing rather than old.
      this.reset();
      const counts = await deps.jobCounts().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  return {
    registry,
    countRequest(method, route, status, seconds) {
      requests.inc({ method, route, status });
      latency.observe({ route }, seconds);
    },
    countCached(status) {
      (status === 200 ? cachedFresh : cachedUnchanged).inc();
    },
  };
}

/** `GET /metrics`, and a count of every request that Fastify answers. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    metrics.countRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
  });
  app.get("/metrics", async (_request, reply) => {
    const text = await metrics.registry.metrics();
    return reply.header("content-type", metrics.registry.contentType).send(text);
  });
}
