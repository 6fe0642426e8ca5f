import { emailChangeTokenInput } from "@parley/api/schema/account/email-change";
import type { Metadata } from "next";
import { z } from "zod";
import { AccountFrame } from "@/features/account/account-frame";
import { EmailChangeLink, UnusableEmailChangeLink } from "@/features/account/email-change-link";

export const metadata: Metadata = {
  title: "Use a new address",
  description: "Confirm your new e-mail address with the link from our mail.",
  robots: { index: false },
};

const query = z.object({ token: emailChangeTokenInput.shape.token.optional().catch(undefined) });

export default async function ChangeEmailPage({ searchParams }: PageProps<"/change-email">) {
  const { token } = query.parse(await searchParams);
  return (
    <AccountFrame title="Use a new address" lead="One press, and the address is that of your account.">
      {token === undefined ? <UnusableEmailChangeLink /> : <EmailChangeLink verb="confirm" token={token} />}
    </AccountFrame>
  );
}
