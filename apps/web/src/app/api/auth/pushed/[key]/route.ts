import { notFound, redirect } from "next/navigation";
import { linkIntent } from "@/auth/link-intent";
import { pendingSignIn } from "@/auth/pending-sign-in";
import { problemPage } from "@/auth/problem-page";
import { signInDestination } from "@/auth/sign-in-destination";
import { dependencies } from "@/server/dependencies";

/** Where next-auth leads a browser that is to sign in at a provider who wants to be told before: tells it, and leads on. */
export async function GET(_request: Request, { params }: RouteContext<"/api/auth/pushed/[key]">): Promise<Response> {
  const { key } = await params;
  const { identityProviders, log } = await dependencies();
  const provider = identityProviders.find((one) => one.key === key);
  if (provider?.kind !== "pushed") notFound();
  const begun = await provider.begin().catch((error: unknown) => {
    log.warn({ reason: error instanceof Error ? error.message : error, provider: key }, "a sign-in could not be begun");
    return null;
  });
  if (begun === null) {
    const isLinking = (await linkIntent.read()) !== null;
    await linkIntent.forget();
    redirect(problemPage({ problem: "unreachable", key, isLinking, next: await signInDestination() }) as never);
  }
  await pendingSignIn.remember({ key, pending: begun.pending });
  redirect(begun.url as never);
}
