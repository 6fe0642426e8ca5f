import { appRouter } from "@parley/api";
import type { Context } from "@parley/api/context";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";

// The entry of the bundle that Next loads beside its own: all of our server code that pages call in process.
export { createCaller } from "@parley/api";
export { type Dependencies, openDependencies } from "@parley/api/dependencies";
export { toFailure } from "@parley/api/failures";
export { identityProblemOf, linkIdentity, signInWithIdentity } from "@parley/api/identity-sign-in";

/** Answers a request of the browser's tRPC client. */
export function handleTrpc(request: Request, context: Context): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => context,
    onError: ({ error, path }) => {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      context.deps.log.error({ err: error, procedure: path, requestId: context.requestId }, "a procedure failed");
    },
  });
}
