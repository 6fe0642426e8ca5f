import type { Metadata } from "next";
import Link from "next/link";
import { AccountFrame } from "@/features/account/account-frame";
import { ForgotPasswordForm } from "@/features/account/forgot-password-form";

export const metadata: Metadata = {
  title: "Forgotten password",
  description: "Have a link sent to choose a new password.",
  robots: { index: false },
};

export default function ForgotPasswordPage() {
  return (
    <AccountFrame
      title="Forgotten your password?"
      lead={
        <>
          <p>Tell us your e-mail address, and we send you a link to choose a new one.</p>
          <p>
            It came back to you?{" "}
            <Link href="/sign-in" className="text-ink underline underline-offset-4 hover:text-accent">
              Sign in
            </Link>
          </p>
        </>
      }
    >
      <ForgotPasswordForm />
    </AccountFrame>
  );
}
