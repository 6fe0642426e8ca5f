import type { Dependencies } from "@parley/api/dependencies";
import type { FastifyInstance } from "fastify";

/** The public halves of the keys that sign access tokens, for whoever verifies them elsewhere. */
export function registerKeys(app: FastifyInstance, deps: Dependencies): void {
  app.get("/.well-known/jwks.json", (_request, reply) => {
    // Short, since a new key signs at once: whoever verifies must be able to learn of it.
    reply.header("cache-control", "public, max-age=60");
    return reply.type("application/json").send(JSON.stringify(deps.auth.jwks()));
  });
}
