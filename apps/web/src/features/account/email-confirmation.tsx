"use client";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { failureOf, type ShownFailure } from "@/trpc/failure";
import { AccountFrame } from "./account-frame";

export interface EmailConfirmationProps {
  token: string;
  /** True where this browser is signed in: then a person has opened the link. */
  isSignedIn: boolean;
  /** What follows once the address is confirmed. */
  onward: ReactNode;
  /** The way to another link where this one does not work. */
  remedy: ReactNode;
}

/**
 * Confirms an address by the token of a mail. Opening the page alone does not: mail scanners open links, and run scripts
 * too. Where nobody is signed in, it takes a press.
 */
export function EmailConfirmation({ token, isSignedIn, onward, remedy }: EmailConfirmationProps) {
  const [email, setEmail] = useState<string | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [isBusy, setIsBusy] = useState(isSignedIn);
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
    if (!isSignedIn || isBegun.current) return;
    isBegun.current = true;
    void confirm();
  }, [isSignedIn, confirm]);

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
    <AccountFrame title="Confirm your address" lead="One press, and we know that this address is yours.">
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
