"use client";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { failureOf, type ShownFailure } from "@/trpc/failure";
import { AccountFrame } from "./account-frame";

export interface EmailConfirmationProps {
  token: string;
  /** True where this browser is signed in to an account whose address is unproven: then its owner has opened the link. */
  isExpected: boolean;
  /** What follows once the address is confirmed. */
  onward: ReactNode;
  /** The way to another link where this one does not work. */
  remedy: ReactNode;
}

/**
 * Confirms an address by the token of a mail. Opening the page alone does not: mail scanners open links, and run scripts
 * too. It takes a press, but where somebody has just signed up. And whoever never did is told so: to confirm the account
 * that a stranger made in one's name would be to share it.
 */
export function EmailConfirmation({ token, isExpected, onward, remedy }: EmailConfirmationProps) {
  const [email, setEmail] = useState<string | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [isBusy, setIsBusy] = useState(isExpected);
  const confirm = useCallback(async () => {
    setIsBusy(true);
    try {
      const { verifyEmail } = await import("./verify-email-request");
      setEmail(await verifyEmail(token));
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsBusy(false);
    }
  }, [token]);
  const isBegun = useRef(false);
  useEffect(() => {
    if (!isExpected || isBegun.current) return;
    isBegun.current = true;
    void confirm();
  }, [isExpected, confirm]);

  if (email !== null) return <ConfirmedEmail email={email} onward={onward} />;
  if (failure?.code === "validation_error") {
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
      <div className="space-y-5">
        {failure !== null && <Callout tone="danger" title={failure.message} />}
        <Button
          tone="primary"
          size="large"
          isPending={isBusy}
          className="w-full sm:w-auto"
          onPress={() => void confirm()}
        >
          {isBusy ? "Confirming…" : failure === null ? "Confirm address" : "Try again"}
        </Button>
      </div>
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
