import helmet from "@fastify/helmet";
import type { Surface } from "@parley/surface-kit";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";

/** `/docs`: every surface's document, to read and to try. All of it comes from this origin. */
export async function registerReference(app: FastifyInstance, surfaces: readonly Surface[]): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          // The library renders its page with an inline script and inline styles.
          scriptSrc: ["'self'", "'unsafe-inline'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", "data:", "blob:"],
          fontSrc: ["'self'", "data:"],
          connectSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
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
        proxyUrl: "",
      } as never,
    });
  });
}
