"use client";
import type { OwnSubscription } from "@parley/api/schema/subscription";
import { useState } from "react";
import { toast } from "sonner";
import { LocalTime } from "@/components/local-time";
import { Switch } from "@/components/switch";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

const words = { active: "Active", expired: "Expired", cancelled: "Ended", suspended: "Suspended" } as const;

/** The plan a person has, and whether it renews itself. */
export function PlanCard({ own }: { own: OwnSubscription }) {
  const { subscription } = own;
  const [renews, setRenews] = useState(own.autoRenew);
  const update = trpc.profile.updatePerson.useMutation();

  async function turn(autoRenew: boolean) {
    setRenews(autoRenew);
    try {
      await update.mutateAsync({ autoRenew });
    } catch (error) {
      setRenews(!autoRenew);
      toast.error(failureOf(error).message);
    }
  }

  if (subscription === null) {
    return <p className="text-muted">You have no plan. Everything that hosts and callers need is free.</p>;
  }
  const { planName, status, expiresAt, daysRemaining, maxDevices } = subscription;
  return (
    <div className="space-y-5 rounded-lg border border-hairline bg-raised p-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="display text-xl wrap-anywhere">{planName}</p>
        <p className={status === "active" ? "text-live" : "text-muted"}>{words[status]}</p>
      </div>
      <p className="text-muted">
        {status === "active" ? (renews ? "Renews " : "Ends ") : "Ended "}
        <LocalTime instant={expiresAt} />
        {status === "active" && `, in ${daysRemaining} ${daysRemaining === 1 ? "day" : "days"}`}. Up to {maxDevices}{" "}
        {maxDevices === 1 ? "device" : "devices"}.
      </p>
      {status === "active" && (
        <Switch isOn={renews} onChange={(isOn) => void turn(isOn)}>
          Renew by itself
        </Switch>
      )}
    </div>
  );
}
