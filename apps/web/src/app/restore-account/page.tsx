import { restoreInput } from "@parley/api/schema/account/deletion";
import type { Metadata } from "next";
import { z } from "zod";
import { AccountFrame } from "@/features/account/account-frame";
import { AccountRestoration, UnusableRestoreLink } from "@/features/account/account-restoration";

export const metadata: Metadata = {
  title: "Restore your account",
  description: "Bring a closed account back with the link from our mail.",
  robots: { index: false },
};

const query = z.object({ token: restoreInput.shape.token.optional().catch(undefined) });

export default async function RestoreAccountPage({ searchParams }: PageProps<"/restore-account">) {
  const { token } = query.parse(await searchParams);
  return (
    <AccountFrame
      title="Restore your account"
      lead="One press, and your page, your profile and your followers are as they were."
    >
      {token === undefined ? <UnusableRestoreLink /> : <AccountRestoration token={token} />}
    </AccountFrame>
  );
}
