import "server-only";
import { cache } from "react";
import { currentActor } from "@/auth/actor";
import { dependencies } from "@/server/dependencies";
import { procedures } from "@/server/procedures";

/** The procedures in process, for server rendering, as whoever is signed in. */
export const api = cache(async () => {
  const { createCaller } = await procedures();
  return createCaller({
    actor: await currentActor(),
    client: null,
    requestId: crypto.randomUUID(),
    deps: await dependencies(),
  });
});
