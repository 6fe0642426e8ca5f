"use client";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { buttonClass } from "@/components/button-class";
import { Callout } from "@/components/callout";
import type { LinkState } from "./use-mailed-link";

/** The press that a link in a mail leads to, and what went wrong with the one before. */
export function LinkPress({
  link: { isBusy, failure, press },
  verbs: [verb, meanwhile],
}: {
  link: Extract<LinkState<unknown>, { stage: "open" }>;
  verbs: readonly [verb: string, meanwhile: string];
}) {
  return (
    <div className="space-y-5">
      {failure !== null && <Callout tone="danger" title={failure.message} />}
      <Button tone="primary" size="large" isPending={isBusy} className="w-full sm:w-auto" onPress={press}>
        {isBusy ? meanwhile : failure === null ? verb : "Try again"}
      </Button>
    </div>
  );
}

interface LinkEndProps {
  title: string;
  children: ReactNode;
  onward: { href: Route; label: string };
}

/** What the link has done, and the way on. */
export function SettledLink({ title, children, onward }: LinkEndProps) {
  return (
    <div className="space-y-5">
      <Callout tone="success" title={title}>
        <p className="wrap-anywhere">{children}</p>
      </Callout>
      <Link href={onward.href} className={buttonClass({ tone: "primary", size: "large" })}>
        {onward.label}
      </Link>
    </div>
  );
}

/** For a link that was used, is too old, was replaced by a later one, or came in pieces. */
export function UnusableLink({ children, onward }: Omit<LinkEndProps, "title">) {
  return (
    <div className="space-y-5">
      <Callout tone="danger" title="This link does not work any more">
        <p className="text-muted">{children}</p>
      </Callout>
      <Link href={onward.href} className={buttonClass({ tone: "secondary" })}>
        {onward.label}
      </Link>
    </div>
  );
}
