import type { Surface } from "@parley/surface-kit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { icon } from "./icon";

/**
 * `/docs`: every surface's document, to read and to try. All of it comes from this origin.
 * The page's library holds its script of four megabytes in memory, where every garbage collection meets it; it is
 * loaded by the first who asks for the page.
 */
export function registerReference(app: FastifyInstance, surfaces: readonly Surface[]): void {
  let page: Promise<FastifyInstance> | undefined;
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    page ??= import("./page").then(({ createReferencePage }) => createReferencePage(surfaces));
    const { routing } = await page;
    reply.hijack();
    routing(request.raw, reply.raw);
  };
  app.get("/docs", answer);
  app.get("/docs/*", answer);
  app.get("/favicon.ico", (_request, reply) =>
    reply.header("cache-control", "public, max-age=86400").type("image/svg+xml").send(icon),
  );
  app.addHook("onClose", async () => (await page)?.close());
}
