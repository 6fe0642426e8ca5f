import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { currentActor } from "@/auth/actor";
import { linkIntent } from "@/auth/link-intent";
import { pendingSignIn } from "@/auth/pending-sign-in";
import { problemPage } from "@/auth/problem-page";
import { providerFailure, watchFailure } from "@/auth/provider-failure";
import { providerOptions } from "@/auth/provider-options";
import { maySetOut } from "@/auth/setting-out";
import { signInDestination } from "@/auth/sign-in-destination";
import { env } from "@/env";
import { isSameOrigin } from "@/server/same-origin";

type Params = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Params): Promise<Response> {
  const [action, key] = (await context.params).nextauth;
  const isCredentials = key === "credentials";
  if (request.method === "POST" && !isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  const home = action === "callback" ? wayHome(request) : null;
  if (home !== null) return leadTo(home);
  if (action === "error")
    return leadTo(problemPage({ problem: "unreachable", isLinking: (await linkIntent.read()) !== null }));
  if (action === "signin" && request.method === "POST" && key !== undefined && !isCredentials) {
    await noteIntent(request.clone(), key);
    if (!(await maySetOut(request.headers))) {
      const isLinking = (await linkIntent.read()) !== null;
      // As next-auth would tell its own part in the browser where to go on.
      return Response.json({ url: problemPage({ problem: "too_many", key, isLinking }) });
    }
  }
  const [answer, reason] = await watchFailure(async () => NextAuth(request, context, await providerOptions()));
  if (action !== "callback" || key === undefined || isCredentials) return answer;
  const isLinking = (await linkIntent.read()) !== null;
  await linkIntent.forget();
  await pendingSignIn.forget();
  if (!answer.headers.get("location")?.startsWith(`${env().webUrl}/api/auth/error`)) return answer;
  const problem = providerFailure(request.nextUrl.searchParams.get("error"), reason);
  answer.headers.set("location", problemPage({ problem, key, isLinking, next: await signInDestination() }));
  return answer;
}

/** Whoever links says so where it begins; every other beginning forgets what was said before. */
async function noteIntent(request: Request, key: string): Promise<void> {
  const sessionId = (await currentActor())?.sessionId;
  const isLinking = (await request.formData()).get("intent") === "link";
  if (isLinking && sessionId) await linkIntent.remember({ key, sessionId });
  else await linkIntent.forget();
}

/**
 * Servers of the AT Protocol send browsers back to this machine by its number; what the browser keeps for us, it keeps under
 * our name. Null where it has come by that.
 */
function wayHome({ method, headers, nextUrl }: NextRequest): string | null {
  const own = new URL(env().webUrl);
  const isByNumber = own.hostname === "localhost" && headers.get("host") === own.host.replace("localhost", "127.0.0.1");
  return method === "GET" && isByNumber ? `${own.origin}${nextUrl.pathname}${nextUrl.search}` : null;
}

function leadTo(path: string): Response {
  return new Response(null, { status: 302, headers: { location: path } });
}

export { handle as GET, handle as POST };
