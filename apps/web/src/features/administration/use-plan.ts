"use client";
import type { PlanOffer } from "@parley/api/schema/subscription";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** What became of it: the dialog may close, or fields are at fault. */
export type PlanOutcome = { isDone: boolean; fields?: Readonly<Record<string, string>> };

/** Grants a person a plan, or ends theirs. Where what was looked at is no longer so, the list is read again. */
export function usePlan(person: { id: string; displayName: string }) {
  const router = useRouter();
  const grant = trpc.subscription.grant.useMutation();
  const end = trpc.subscription.end.useMutation();
  const userId = person.id;

  async function settle(work: Promise<unknown>, done: string, outdated: string): Promise<PlanOutcome> {
    try {
      await work;
    } catch (error) {
      const { code, message, fields } = failureOf(error);
      if (Object.keys(fields).length > 0) return { isDone: false, fields };
      const isOutdated = code === "not_found";
      toast.error(isOutdated ? outdated : message);
      if (isOutdated) router.refresh();
      return { isDone: isOutdated };
    }
    toast.success(done, { description: "They see it in their settings; no mail tells them." });
    router.refresh();
    return { isDone: true };
  }

  return {
    isPending: grant.isPending || end.isPending,
    grant: (offer: PlanOffer) =>
      settle(
        grant.mutateAsync({ userId, ...offer }),
        `${person.displayName} has the plan ${offer.planName} now.`,
        `Nothing was granted: the account of ${person.displayName} is closed.`,
      ),
    end: () =>
      settle(
        end.mutateAsync({ userId }),
        `The plan of ${person.displayName} has ended.`,
        `Nothing was left to end: ${person.displayName} has no plan in force any more.`,
      ),
  };
}
