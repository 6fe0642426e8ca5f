import { currentActor } from "@/auth/actor";
import { clientOf } from "@/server/client";
import { dependencies } from "@/server/dependencies";
import { procedures } from "@/server/procedures";
import { isSameOrigin } from "@/server/same-origin";

/** The procedures for the browser, with the session's cookie; a change is taken from our own pages alone. */
async function handle(request: Request): Promise<Response> {
  if (request.method !== "GET" && !isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  const { handleTrpc } = await procedures();
  return handleTrpc(request, {
    actor: await currentActor(),
    client: clientOf(request.headers),
    requestId: crypto.randomUUID(),
    deps: await dependencies(),
  });
}

export { handle as GET, handle as POST };
