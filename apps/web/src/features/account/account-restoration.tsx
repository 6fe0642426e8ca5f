"use client";
import { LinkPress, SettledLink, UnusableLink } from "./mailed-link";
import { useMailedLink } from "./use-mailed-link";

/** Brings a closed account back by the token of a mail. */
export function AccountRestoration({ token }: { token: string }) {
  const link = useMailedLink(async () => (await import("./restore-account-request")).restoreAccount(token));
  if (link.stage === "open") return <LinkPress link={link} verbs={["Restore my account", "Restoring…"]} />;
  if (link.stage === "unusable") return <UnusableRestoreLink />;
  return (
    <SettledLink title="Your account is back" onward={{ href: "/sign-in", label: "Sign in" }}>
      Bookings that were cancelled stay cancelled. Sign in to go on.
    </SettledLink>
  );
}

export function UnusableRestoreLink() {
  return (
    <UnusableLink onward={{ href: "/", label: "Go to the start page" }}>
      It works once, for 14 days. After that, everything of the account is deleted.
    </UnusableLink>
  );
}
