"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/button";
import { buttonClass } from "@/components/button-class";
import { Callout } from "@/components/callout";
import { failureOf, type ShownFailure } from "@/trpc/failure";

const words = {
  confirm: { verb: "Use this address", done: "Your address is changed", after: "You sign in with it from now on." },
  undo: {
    verb: "Keep this address",
    done: "Your address stays",
    after: "Everybody who was signed in is signed out. Choose a new password now.",
  },
} as const;

/** Settles a change of address by the token of a mail. It takes a press: mail scanners open links too. */
export function EmailChangeLink({ verb, token }: { verb: "confirm" | "undo"; token: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const [email, setEmail] = useState<string | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);

  async function settle() {
    setIsBusy(true);
    try {
      const { settleEmailChange } = await import("./email-change-request");
      setEmail(await settleEmailChange(verb, token));
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsBusy(false);
    }
  }

  if (email !== null) {
    return (
      <div className="space-y-5">
        <Callout tone="success" title={words[verb].done}>
          <p className="wrap-anywhere">
            It is {email}. {words[verb].after}
          </p>
        </Callout>
        <Link
          href={verb === "undo" ? "/forgot-password" : "/settings/account"}
          className={buttonClass({ tone: "primary", size: "large" })}
        >
          {verb === "undo" ? "Choose a new password" : "Go to your account"}
        </Link>
      </div>
    );
  }
  if (failure?.code === "validation_error") return <UnusableEmailChangeLink />;
  return (
    <div className="space-y-5">
      {failure !== null && <Callout tone="danger" title={failure.message} />}
      <Button tone="primary" size="large" isPending={isBusy} onPress={() => void settle()}>
        {isBusy ? "One moment…" : words[verb].verb}
      </Button>
    </div>
  );
}

/** For a link that was used, is too old, was replaced by a later one, or came in pieces. */
export function UnusableEmailChangeLink() {
  return (
    <div className="space-y-5">
      <Callout tone="danger" title="This link does not work any more">
        <p className="text-muted">It works once, for 24 hours, and only until another change is asked for.</p>
      </Callout>
      <Link href="/settings/account" className={buttonClass({ tone: "secondary" })}>
        Go to your account
      </Link>
    </div>
  );
}
