import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { buttonClass } from "@/components/button-class";
import { ChangeEmail } from "@/features/account/change-email";
import { CloseAccount } from "@/features/account/close-account";
import { EmailCard } from "@/features/account/email-card";
import { FirstPassword } from "@/features/account/first-password";
import { PasswordForm } from "@/features/account/password-form";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Account",
  description: "Your e-mail address, your password and your data.",
};

export default async function AccountSettingsPage() {
  await requireActor("/settings/account");
  const { profile, account } = await api();
  const [{ email, emailVerified }, { hasPassword }, pending] = await Promise.all([
    profile.me(),
    profile.person(),
    account.emailChange(),
  ]);
  return (
    <div className="space-y-8">
      <SettingsHeading title="Account">How you sign in, and what we keep of you.</SettingsHeading>
      <Section title="E-mail address" about="You sign in with it, and we write to it. Nobody else sees it.">
        <EmailCard email={email} isVerified={emailVerified} />
        <ChangeEmail pending={pending} hasPassword={hasPassword} />
      </Section>
      <Section title="Password" about="A change ends all your other sessions, and we tell you by mail.">
        {hasPassword ? <PasswordForm email={email} /> : <FirstPassword email={email} />}
      </Section>
      <Section title="Your data" about="Everything that Parley keeps of you, in one file that programs can read.">
        <a href="/settings/account/export" download="parley.json" className={buttonClass({ tone: "secondary" })}>
          Download my data
        </a>
      </Section>
      <Section title="Close account" about="You have 14 days to come back. After that, everything of yours is deleted.">
        <CloseAccount hasPassword={hasPassword} />
      </Section>
    </div>
  );
}
