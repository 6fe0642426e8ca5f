"use client";
import type { OwnSubscription, Plan } from "@parley/api/schema/subscription";
import { clsx } from "clsx";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { countOf } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { Switch } from "@/components/switch";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

const standings: Record<Plan["status"], { word: string; look: string }> = {
  active: { word: "Active", look: "border-accent/30 bg-accent-soft text-accent" },
  suspended: { word: "Suspended", look: "border-warn/40 bg-warn-soft text-warn" },
  expired: { word: "Expired", look: "border-hairline bg-sunken text-muted" },
  cancelled: { word: "Ended", look: "border-hairline bg-sunken text-muted" },
};

export interface PlanCardProps {
  own: OwnSubscription;
  devicesUsed: number;
}

/** The plan a person has, or had last: how long it runs, what it allows, and whether it renews itself. */
export function PlanCard({ own, devicesUsed }: PlanCardProps) {
  const { subscription } = own;
  const { renews, turn } = useRenewal(own.autoRenew);
  if (subscription === null) {
    return (
      <div className="rounded-lg border border-dashed border-control/60 p-8 text-center">
        <p className="display text-lg">No plan</p>
        <p className="mt-1 text-sm text-muted">Everything that hosts and callers need is free.</p>
      </div>
    );
  }
  const { planName, status, expiresAt, daysRemaining, maxDevices } = subscription;
  const { word, look } = standings[status];
  const isActive = status === "active";
  return (
    <div className="space-y-6 rounded-lg border border-hairline bg-raised p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="display text-xl wrap-anywhere">{planName}</h2>
        <span className={clsx("inline-flex h-6 items-center rounded-full border px-2.5 text-xs font-medium", look)}>
          {word}
        </span>
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2.5 text-sm">
        <Fact term={termOf(status, renews)}>
          <LocalTime instant={expiresAt} look="date" />
        </Fact>
        {isActive && <Fact term="Time left">{countOf(daysRemaining, "day")}</Fact>}
        <Fact term="Devices">
          {devicesUsed} of {maxDevices} used ·{" "}
          <Link href="/settings/devices" className="underline underline-offset-4 hover:text-accent">
            See them
          </Link>
        </Fact>
      </dl>
      {isActive && (
        <Switch isOn={renews} onChange={(isOn) => void turn(isOn)}>
          Renew by itself
        </Switch>
      )}
    </div>
  );
}

/** What the date of a plan is. An ended one did not come to it. */
function termOf(status: Plan["status"], renews: boolean): string {
  if (status === "active" && renews) return "Renews";
  if (status === "cancelled") return "Would have run until";
  return status === "expired" ? "Ended" : "Ends";
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Turned at once, and back with a message where it could not be kept. */
function useRenewal(initial: boolean) {
  const [renews, setRenews] = useState(initial);
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
  return { renews, turn };
}
