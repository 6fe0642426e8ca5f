"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/button";
import { buttonClass } from "@/components/button-class";
import { Callout } from "@/components/callout";
import { failureOf, type ShownFailure } from "@/trpc/failure";

/** Brings a closed account back by the token of a mail. It takes a press: mail scanners open links too. */
export function AccountRestoration({ token }: { token: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const [failure, setFailure] = useState<ShownFailure | null>(null);

  async function restore() {
    setIsBusy(true);
    try {
      const { restoreAccount } = await import("./restore-account-request");
      await restoreAccount(token);
      setIsDone(true);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsBusy(false);
    }
  }

  if (isDone) {
    return (
      <div className="space-y-5">
        <Callout tone="success" title="Your account is back">
          <p>Bookings that were cancelled stay cancelled. Sign in to go on.</p>
        </Callout>
        <Link href="/sign-in" className={buttonClass({ tone: "primary", size: "large" })}>
          Sign in
        </Link>
      </div>
    );
  }
  if (failure?.code === "validation_error") return <UnusableRestoreLink />;
  return (
    <div className="space-y-5">
      {failure !== null && <Callout tone="danger" title={failure.message} />}
      <Button tone="primary" size="large" isPending={isBusy} onPress={() => void restore()}>
        {isBusy ? "Restoring…" : "Restore my account"}
      </Button>
    </div>
  );
}

/** For a link that was used, is too old, or came in pieces. */
export function UnusableRestoreLink() {
  return (
    <div className="space-y-5">
      <Callout tone="danger" title="This link does not work any more">
        <p className="text-muted">It works once, for 14 days. After that, everything of the account is deleted.</p>
      </Callout>
      <Link href="/" className={buttonClass({ tone: "secondary" })}>
        Go to the start page
      </Link>
    </div>
  );
}
