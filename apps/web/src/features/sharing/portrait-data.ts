import "server-only";
import { env } from "@/env";
import { dependencies } from "@/server/dependencies";

/** A portrait as an address that holds it whole, read from where objects are kept; null where there is none to be had. */
export async function portraitData(url: string | null): Promise<string | null> {
  const prefix = `${env().assetsUrl}/`;
  if (url === null || !url.startsWith(prefix)) return null;
  const { objects, log } = await dependencies();
  try {
    const object = await objects.get(url.slice(prefix.length));
    if (object === null) return null;
    return `data:${object.contentType};base64,${Buffer.from(object.bytes).toString("base64")}`;
  } catch (error) {
    // A picture with initials is better than none.
    log.warn({ err: error }, "a portrait could not be read for a picture to share");
    return null;
  }
}
