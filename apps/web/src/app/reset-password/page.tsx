import { confirmPasswordResetInput } from "@parley/api/schema/account/password";
import type { Metadata } from "next";
import { z } from "zod";
import { AccountFrame } from "@/features/account/account-frame";
import { ResetPasswordForm } from "@/features/account/reset-password-form";
import { UnusableResetLink } from "@/features/account/unusable-reset-link";

export const metadata: Metadata = {
  title: "Choose a new password",
  description: "Choose a new password with the link from our mail.",
  robots: { index: false },
};

const query = z.object({ token: confirmPasswordResetInput.shape.token.optional().catch(undefined) });

export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const { token } = query.parse(await searchParams);
  return (
    <AccountFrame
      title="Choose a new password"
      lead="Once it is saved, every device is signed out, and you sign in anew."
    >
      {token === undefined ? <UnusableResetLink /> : <ResetPasswordForm token={token} />}
    </AccountFrame>
  );
}
