import { documentAddress, type Surface } from "@parley/surface-kit";
import scalar from "@scalar/fastify-api-reference";
import Fastify, { type FastifyInstance } from "fastify";
import { securityHeaders } from "../security/plugin";

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

/** The reference page of the surfaces, with the script that it runs. */
export async function createReferencePage(surfaces: readonly Surface[]): Promise<FastifyInstance> {
  const page = Fastify();
  page.addHook("onRequest", (_request, reply, done) => {
    reply.headers({ ...securityHeaders, "content-security-policy": pagePolicy });
    done();
  });
  await page.register(scalar, {
    routePrefix: "/docs",
    configuration: {
      pageTitle: "Parley API reference",
      sources: largestFirst(surfaces).map((surface) => ({
        title: surface.title,
        slug: surface.name,
        url: documentAddress(surface),
      })),
      // Each of these would call another host: fonts, usage figures, an assistant, a proxy for requests.
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showToolbar: "never",
      showDeveloperTools: "never",
      hideClientButton: true,
      proxyUrl: "",
    } as never,
  });
  await page.ready();
  return page;
}

/** The first is what the page opens with: what has the most to tell. */
function largestFirst(surfaces: readonly Surface[]): Surface[] {
  return surfaces.toSorted((a, b) => b.routes.length - a.routes.length);
}
