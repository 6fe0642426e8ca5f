import { type AppRouter, appRouter } from "@parley/api";
import type { Dependencies } from "@parley/api/dependencies";
import { asOutage } from "@parley/api/failures";
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";

/** The same procedures for typed clients, with bearer tokens. */
export async function registerTrpc(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>["trpcOptions"] = {
    router: appRouter,
    createContext: async ({ req }) => {
      const authentication = await deps.auth.authenticate(req.headers.authorization).catch((error: unknown) => {
        throw asOutage(error);
      });
      return {
        actor: authentication.kind === "authenticated" ? authentication.actor : null,
        client: { address: req.ip, userAgent: req.headers["user-agent"] ?? null },
        requestId: req.id,
        deps,
      };
    },
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") app.log.error({ err: error, procedure: path }, "a procedure failed");
    },
  };
  await app.register(async (scope) => {
    // Forms with files pass unread to tRPC, which reads them itself.
    scope.addContentTypeParser("multipart/form-data", (_request, _payload, done) => done(null));
    await scope.register(fastifyTRPCPlugin, { prefix: "/trpc", trpcOptions });
  });
}
