import type { PushedProvider } from "@parley/identity-providers";
import { notFound, redirect } from "next/navigation";
import { linkIntent } from "@/auth/link-intent";
import { pendingSignIn } from "@/auth/pending-sign-in";
import { problemPage } from "@/auth/problem-page";
import { maySetOut } from "@/auth/setting-out";
import { signInDestination } from "@/auth/sign-in-destination";
import { dependencies } from "@/server/dependencies";

/** Where next-auth leads a browser that is to sign in at a provider who wants to be told before: tells it, and leads on. */
export async function GET(request: Request, { params }: RouteContext<"/api/auth/pushed/[key]">): Promise<Response> {
  const { key } = await params;
  const { identityProviders } = await dependencies();
  const provider = identityProviders.find((one) => one.key === key);
  if (provider?.kind !== "pushed") notFound();
  if (!(await maySetOut(request.headers))) return turnBack(key, "too_many");
  const begun = await begin(provider);
  if (begun === null) return turnBack(key, "unreachable");
  await pendingSignIn.remember({ key, pending: begun.pending });
  redirect(begun.url as never);
}

/** Null where the provider could not be told. */
async function begin(provider: PushedProvider) {
  try {
    return await provider.begin();
  } catch (error) {
    const { log } = await dependencies();
    const reason = error instanceof Error ? error.message : error;
    log.warn({ reason, provider: provider.key }, "a sign-in could not be begun");
    return null;
  }
}

async function turnBack(key: string, problem: "too_many" | "unreachable"): Promise<never> {
  const isLinking = (await linkIntent.read()) !== null;
  await linkIntent.forget();
  redirect(problemPage({ problem, key, isLinking, next: await signInDestination() }) as never);
}
