"use client";
import { EmailCard } from "./email-card";
import { useVerifiedEmail } from "./use-verified-email";

/** To whoever has yet to open the link in our mail: which address it went to, and another mail. */
export function InboxPanel({ email }: { email: string }) {
  useVerifiedEmail();
  return (
    <div className="space-y-4">
      <EmailCard email={email} isVerified={false} />
      <p className="text-sm text-muted">
        Nothing there after a few minutes? Look among unwanted mail, or have it sent again. This page goes on by itself
        as soon as you have opened the link, on whatever device.
      </p>
    </div>
  );
}
