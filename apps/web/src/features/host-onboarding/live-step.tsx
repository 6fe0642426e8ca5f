"use client";
import type { OwnProfile } from "@parley/api/schema/profile";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { type Step, stepAddress } from "./journey";

export interface LiveStepProps {
  profile: Pick<OwnProfile, "username" | "ratePerMinuteCents" | "windowSizeMinutes">;
  missing: readonly Step[];
}

/** The last press, once nothing is missing; until then, what is. */
export function LiveStep({ profile, missing }: LiveStepProps) {
  const becomeHost = trpc.hostOnboarding.becomeHost.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const { username, ratePerMinuteCents, windowSizeMinutes } = profile;

  if (missing.length > 0 || username === null || ratePerMinuteCents === null || windowSizeMinutes === null) {
    return <Missing steps={missing} />;
  }
  const goLive = async () => {
    setProblem(null);
    setIsPending(true);
    try {
      await becomeHost.mutateAsync({ username, ratePerMinuteCents, windowSizeMinutes });
      // A whole new page: the header knows a host as well.
      window.location.assign(`/${username}`);
    } catch (error) {
      setProblem(failureOf(error).message);
      setIsPending(false);
    }
  };
  return (
    <div className="space-y-5">
      {problem !== null && (
        <Callout tone="danger" title={problem}>
          <p className="text-muted">Your page is not live yet. Everything you have chosen is kept.</p>
        </Callout>
      )}
      <Button tone="primary" size="large" isPending={isPending} onPress={() => void goLive()}>
        {isPending ? "Going live…" : "Go live"}
      </Button>
    </div>
  );
}

function Missing({ steps }: { steps: readonly Step[] }) {
  return (
    <Callout tone="info" title="Before your page can go live">
      <ul className="space-y-1.5 pt-1">
        {steps.map(({ id, label, state }) => (
          <li key={id}>
            {state === "waiting" ? (
              <span className="text-muted">{label}: we are looking at your document</span>
            ) : (
              <Link href={stepAddress(id) as Route} className="underline underline-offset-4 hover:text-accent">
                {label}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
