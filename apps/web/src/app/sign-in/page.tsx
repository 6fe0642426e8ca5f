import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { z } from "zod";
import { currentActor } from "@/auth/actor";
import { ownPath } from "@/auth/own-path";
import { Callout } from "@/components/callout";
import { AccountFrame } from "@/features/account/account-frame";
import { SignInForm } from "@/features/account/sign-in-form";
import { ProviderButtons } from "@/features/identities/provider-buttons";
import { ProviderProblem } from "@/features/identities/provider-problem";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Sign in", description: "Sign in to Parley with your e-mail address." };

const query = z.object({
  next: z.string().optional().catch(undefined),
  /** Set where a session was ended elsewhere. */
  ended: z.literal("1").optional().catch(undefined),
  /** Set where a new password was just chosen. */
  reset: z.literal("1").optional().catch(undefined),
  /** Set where the account was just closed. */
  closed: z.literal("1").optional().catch(undefined),
  /** Set where a sign-in at a provider came to nothing. */
  problem: z.string().optional().catch(undefined),
  provider: z.string().optional().catch(undefined),
});

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next, ended, reset, closed, problem, provider } = query.parse(await searchParams);
  const destination = ownPath(next);
  if ((await currentActor()) !== null) redirect(destination as Route);
  const providers = await (await api()).identities.providers();
  return (
    <AccountFrame
      title="Welcome back"
      lead={
        <p>
          New here?{" "}
          <Link
            href={next === undefined ? "/sign-up" : (`/sign-up?next=${encodeURIComponent(destination)}` as Route)}
            className="text-ink underline underline-offset-4 hover:text-accent"
          >
            Create an account
          </Link>
        </p>
      }
    >
      <div className="space-y-6">
        {ended && (
          <Callout tone="warn" title="Your session was ended">
            <p className="text-muted">It was ended on another device, or it was too old. Sign in to go on.</p>
          </Callout>
        )}
        {reset && (
          <Callout tone="success" title="Your password is changed">
            <p>All your sessions have ended. Sign in with the new password.</p>
          </Callout>
        )}
        {closed && (
          <Callout tone="success" title="Your account is closed">
            <p>We have sent you a mail. For 14 days, its link brings everything back.</p>
          </Callout>
        )}
        <ProviderProblem problem={problem} providerKey={provider} providers={providers} />
        <SignInForm destination={destination} />
        <ProviderButtons providers={providers} destination={destination} />
      </div>
    </AccountFrame>
  );
}
