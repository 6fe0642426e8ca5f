import type { Surface } from "@parley/surface-kit";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";

/** A page, not data: it may run what this origin serves, and nothing else. */
const pagePolicy = [
  "default-src 'self'",
  // The library renders its page with an inline script and inline styles.
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** `/docs`: every surface's document, to read and to try. All of it comes from this origin. */
export async function registerReference(app: FastifyInstance, surfaces: readonly Surface[]): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook("onRequest", (_request, reply, done) => {
      reply.header("content-security-policy", pagePolicy);
      done();
    });
    await scope.register(scalar, {
      routePrefix: "/docs",
      configuration: {
        pageTitle: "Parley API reference",
        sources: surfaces.map(({ title, basePath, name }) => ({ title, slug: name, url: `${basePath}/openapi.json` })),
        // Each of these would call another host: fonts, usage figures, an assistant, a proxy for requests.
        withDefaultFonts: false,
        telemetry: false,
        agent: { disabled: true },
        mcp: { disabled: true },
        showToolbar: "never",
        hideClientButton: true,
        showDeveloperTools: "never",
        proxyUrl: "",
      } as never,
    });
  });
}
