import type { Dependencies } from "@parley/api/dependencies";
import type { FastifyInstance } from "fastify";

/** Liveness asks whether the process answers at all; readiness asks whether it can serve. */
export function registerHealth(app: FastifyInstance, deps: Dependencies): void {
  app.get("/healthz", () => ({ status: "alive" }));
  app.get("/readyz", async (_request, reply) => {
    const reason = await unreadyReason(deps);
    if (reason !== null) return reply.code(503).send({ status: "not_ready", reason });
    // All zone arithmetic happens in this runtime, so this is the one time zone database that counts.
    return { status: "ready", time_zone_database: process.versions.tz };
  });
}

async function unreadyReason(deps: Dependencies): Promise<string | null> {
  try {
    await deps.database.pool.query("SELECT 1");
    return null;
  } catch {
    return "the database does not answer";
  }
}
