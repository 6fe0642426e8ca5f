"use client";
import type { PlanOffer, PlanOfPerson } from "@parley/api/schema/subscription";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { onDemand } from "@/components/on-demand";
import { EndPlanDialog } from "./end-plan-dialog";
import type { GrantDialogProps } from "./grant-dialog";

const GrantDialog = onDemand(
  () => import("./grant-dialog").then((module) => module.GrantDialog),
  ({ onClose }: GrantDialogProps) => onClose(),
);

export interface PlanControlProps {
  person: { id: string; displayName: string };
  /** What they have, or had last. */
  plan: PlanOfPerson | undefined;
  /** Offered, so that a plan need not be typed again. */
  known: readonly PlanOffer[];
}

/** Grants a person a plan, in the place of one in force, or ends theirs. */
export function PlanControl({ person, plan, known }: PlanControlProps) {
  const [asking, setAsking] = useState<"grant" | "end" | null>(null);
  const close = () => setAsking(null);
  const buttons = useRef<HTMLDivElement>(null);
  const canEnd = plan?.status === "active" || plan?.status === "suspended";

  // The button that ended a plan leaves with it, and would take the focus along.
  const couldEnd = useRef(canEnd);
  useEffect(() => {
    const isGone = couldEnd.current && !canEnd && document.activeElement === document.body;
    couldEnd.current = canEnd;
    if (isGone) buttons.current?.querySelector("button")?.focus();
  }, [canEnd]);

  return (
    <div ref={buttons} className="-mx-3 flex flex-wrap">
      <Button
        tone="quiet"
        size="small"
        aria-label={`${canEnd ? "Change the plan of" : "Grant a plan to"} ${person.displayName}`}
        onPress={() => setAsking("grant")}
      >
        {canEnd ? "Change" : "Grant"}
      </Button>
      {canEnd && (
        <Button
          tone="quiet"
          size="small"
          aria-label={`End the plan of ${person.displayName}`}
          onPress={() => setAsking("end")}
        >
          End
        </Button>
      )}
      {asking === "grant" && (
        <GrantDialog person={person} plan={plan} inForce={canEnd ? plan : undefined} known={known} onClose={close} />
      )}
      {canEnd && <EndPlanDialog person={person} plan={plan} isOpen={asking === "end"} onClose={close} />}
    </div>
  );
}
