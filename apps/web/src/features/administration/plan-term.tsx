"use client";
import { renewedUntil } from "@parley/api/rules/subscription";
import { useState } from "react";
import { LocalTime } from "@/components/local-time";
import { planFields } from "./plan-fields";

/** Until when a plan of so many months would run, by the rule that the procedure goes by. */
export function PlanTerm({ typedMonths }: { typedMonths: string }) {
  const [now] = useState(() => new Date());
  const { data: months } = planFields.shape.termMonths.safeParse(typedMonths);
  if (months === undefined) return <p className="text-sm text-muted">It begins now, and runs for so many months.</p>;
  return (
    <p className="text-sm text-muted">
      It begins now and runs until <LocalTime instant={renewedUntil(now, months, now).toISOString()} look="date" />. It
      is then renewed for as long again, while they want it to be.
    </p>
  );
}
