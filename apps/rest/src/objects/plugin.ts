import type { Dependencies } from "@parley/api/dependencies";
import type { FastifyInstance } from "fastify";

/** Of all objects only these may be read by anyone; documents under `private/` never. */
const publicPrefix = "avatars/";

/** Serves public objects in embedded mode; with S3 the bucket's own address (`ASSETS_URL`) does. */
export function registerObjects(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { "*": string } }>("/objects/*", async (request, reply) => {
    const key = request.params["*"];
    const object = isPublic(key) ? await deps.objects.get(key) : null;
    if (object === null) return reply.callNotFound();
    return reply
      .headers({
        "content-type": object.contentType,
        "cache-control": "public, max-age=31536000, immutable",
        "cross-origin-resource-policy": "cross-origin",
      })
      .send(Buffer.from(object.bytes));
  });
}

function isPublic(key: string): boolean {
  return key.startsWith(publicPrefix) && /^[\w./-]+$/.test(key) && !key.includes("..");
}
