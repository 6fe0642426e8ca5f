import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { z } from "zod";
import { currentActor } from "@/auth/actor";
import { ownPath } from "@/auth/own-path";
import { AccountFrame } from "@/features/account/account-frame";
import { SignUpForm } from "@/features/account/sign-up-form";
import { ProviderButtons } from "@/features/identities/provider-buttons";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Create an account",
  description: "Join Parley: follow people who know their craft, or become a host and choose your own rate and hours.",
};

const query = z.object({ next: z.string().optional().catch(undefined) });

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const { next } = query.parse(await searchParams);
  if ((await currentActor()) !== null) redirect(ownPath(next) as Route);
  const providers = await (await api()).identities.providers();
  const signIn = next === undefined ? "/sign-in" : `/sign-in?next=${encodeURIComponent(ownPath(next))}`;
  return (
    <AccountFrame
      title="Talk to someone who knows"
      lead={
        <>
          <p>
            One account for both sides of a conversation: follow people who know their craft, and become a host whenever
            you like, at your own rate and in your own hours.
          </p>
          <p>
            Been here before?{" "}
            <Link href={signIn as Route} className="text-ink underline underline-offset-4 hover:text-accent">
              Sign in
            </Link>
          </p>
        </>
      }
    >
      {/* Those who came from nowhere in particular look into their inbox next. */}
      <div className="space-y-6">
        <SignUpForm destination={next === undefined ? "/verify-email" : ownPath(next)} />
        <ProviderButtons providers={providers} destination={ownPath(next)} />
      </div>
    </AccountFrame>
  );
}
