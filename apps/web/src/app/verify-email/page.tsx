import { verifyEmailInput } from "@parley/api/schema/account/email-verification";
import type { OwnProfile } from "@parley/api/schema/profile";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { currentActor } from "@/auth/actor";
import { buttonClass } from "@/components/button-class";
import { AccountFrame } from "@/features/account/account-frame";
import { ConfirmedEmail, EmailConfirmation } from "@/features/account/email-confirmation";
import { WaitingInbox } from "@/features/account/waiting-inbox";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Confirm your address",
  description: "Confirm your e-mail address with the link from our mail.",
  robots: { index: false },
};

const query = z.object({ token: verifyEmailInput.shape.token.optional().catch(undefined) });

/** With the token of a mail, the place to confirm an address; without one, where those wait who have yet to. */
export default async function VerifyEmailPage({ searchParams }: PageProps<"/verify-email">) {
  const { token } = query.parse(await searchParams);
  const { profile, account } = await api();
  const person = (await currentActor()) === null ? null : await profile.me();
  if (token !== undefined) {
    const isSignedIn = person !== null;
    const isAwaited = person !== null && !person.emailVerified;
    return (
      <EmailConfirmation
        token={token}
        isExpected={isAwaited && !(await account.verificationLink({ token })).isAnothers}
        onward={<Onward isSignedIn={isSignedIn} />}
        remedy={<Remedy person={person} />}
      />
    );
  }
  if (person?.emailVerified) return <ConfirmedEmail email={person.email} onward={<Onward isSignedIn />} />;
  return (
    <AccountFrame
      title="Look in your inbox"
      lead="We have sent you a link. Open it, and we know that the address is yours. It works for 24 hours."
    >
      <div className="space-y-6">
        <Remedy person={person} />
        {person !== null && <Onward isSignedIn isQuiet />}
      </div>
    </AccountFrame>
  );
}

function Onward({ isSignedIn, isQuiet = false }: { isSignedIn: boolean; isQuiet?: boolean }) {
  return (
    <Link
      href={isSignedIn ? "/dashboard" : "/sign-in"}
      className={buttonClass(isQuiet ? { tone: "secondary" } : { tone: "primary", size: "large" })}
    >
      {isSignedIn ? "Go to your dashboard" : "Sign in"}
    </Link>
  );
}

/** The way to another mail. Only whoever is signed in may order one. */
function Remedy({ person }: { person: OwnProfile | null }) {
  if (person?.emailVerified) return <Onward isSignedIn />;
  if (person !== null) return <WaitingInbox email={person.email} />;
  return (
    <div className="space-y-5">
      <p>Sign in, and we send you another link.</p>
      <Link href="/sign-in?next=%2Fverify-email" className={buttonClass({ tone: "primary", size: "large" })}>
        Sign in
      </Link>
    </div>
  );
}
