"use client";
import type { ReactNode } from "react";
import { Callout } from "@/components/callout";
import { AccountFrame } from "./account-frame";
import { LinkPress } from "./mailed-link";
import { useMailedLink } from "./use-mailed-link";

export interface EmailConfirmationProps {
  token: string;
  /** True where this browser is signed in to an account whose address is unproven, and the link is not another's. */
  isExpected: boolean;
  /** What follows once the address is confirmed. */
  onward: ReactNode;
  /** The way to another link where this one does not work. */
  remedy: ReactNode;
}

/**
 * Confirms an address by the token of a mail, by a press but where somebody has just signed up. And whoever never did is
 * told so: to confirm the account that a stranger made in one's name would be to share it.
 */
export function EmailConfirmation({ token, isExpected, onward, remedy }: EmailConfirmationProps) {
  const link = useMailedLink(async () => (await import("./verify-email-request")).verifyEmail(token), isExpected);
  if (link.stage === "settled") return <ConfirmedEmail email={link.outcome} onward={onward} />;
  if (link.stage === "unusable") {
    return (
      <AccountFrame
        title="This link does not work any more"
        lead="It may be older than 24 hours, or have come in pieces. Your account is as it was."
      >
        {remedy}
      </AccountFrame>
    );
  }
  return (
    <AccountFrame
      title="Confirm your address"
      lead="One press, and we know that this address is yours. If you have not made an account with us, leave this page: without you, nothing comes of it."
    >
      <LinkPress link={link} verbs={["Confirm address", "Confirming…"]} />
    </AccountFrame>
  );
}

/** Said once an address is proven, however often the link is opened. */
export function ConfirmedEmail({ email, onward }: { email: string; onward: ReactNode }) {
  return (
    <AccountFrame
      title="Your address is confirmed"
      lead={<p className="wrap-anywhere">We know now that {email} is yours.</p>}
    >
      <div className="space-y-5">
        <Callout tone="success" title="That is done." />
        {onward}
      </div>
    </AccountFrame>
  );
}
