import { emailChangeTokenInput } from "@parley/api/schema/account/email-change";
import type { Metadata } from "next";
import { z } from "zod";
import { AccountFrame } from "@/features/account/account-frame";
import { EmailChangeLink, UnusableEmailChangeLink } from "@/features/account/email-change-link";

export const metadata: Metadata = {
  title: "Keep your address",
  description: "Keep your e-mail address with the link from our mail.",
  robots: { index: false },
};

const query = z.object({ token: emailChangeTokenInput.shape.token.optional().catch(undefined) });

export default async function KeepEmailPage({ searchParams }: PageProps<"/keep-email">) {
  const { token } = query.parse(await searchParams);
  return (
    <AccountFrame
      title="Keep your address"
      lead="Someone asked for another address. If it was not you, one press undoes it."
    >
      {token === undefined ? <UnusableEmailChangeLink /> : <EmailChangeLink verb="undo" token={token} />}
    </AccountFrame>
  );
}
