"use client";
import { useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { failureOf } from "@/trpc/failure";

type Answer = "accept" | "decline";

/** Accepts or declines an invitation, by a press: mail scanners open links too. */
export function AnswerInvitation({ token }: { token: string }) {
  const [busyWith, setBusyWith] = useState<Answer | null>(null);
  const [isDeclined, setIsDeclined] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function answer(verb: Answer) {
    setBusyWith(verb);
    setProblem(null);
    try {
      const { acceptInvitation, declineInvitation } = await import("./answer-invitation-request");
      if (verb === "accept") {
        // The button stays as it is until the next page has come.
        window.location.assign(await acceptInvitation(token));
        return;
      }
      await declineInvitation(token);
      setIsDeclined(true);
    } catch (error) {
      setProblem(failureOf(error).message);
    }
    setBusyWith(null);
  }

  if (isDeclined) {
    return (
      <Callout tone="success" title="You have declined">
        <p>The invitation is gone, and nobody is written to about it.</p>
      </Callout>
    );
  }
  return (
    <div className="space-y-5">
      {problem !== null && <Callout tone="danger" title={problem} />}
      <div className="flex flex-wrap gap-3">
        <Button
          tone="primary"
          size="large"
          isPending={busyWith === "accept"}
          isDisabled={busyWith === "decline"}
          onPress={() => void answer("accept")}
        >
          {busyWith === "accept" ? "Accepting…" : "Accept"}
        </Button>
        <Button
          size="large"
          isPending={busyWith === "decline"}
          isDisabled={busyWith === "accept"}
          onPress={() => void answer("decline")}
        >
          {busyWith === "decline" ? "Declining…" : "Decline"}
        </Button>
      </div>
    </div>
  );
}
