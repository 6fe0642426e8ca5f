"use client";
import type { PlanOfPerson } from "@parley/api/schema/subscription";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { LocalTime } from "@/components/local-time";
import { usePlan } from "./use-plan";

export interface EndPlanDialogProps {
  person: { id: string; displayName: string };
  plan: PlanOfPerson;
  isOpen: boolean;
  onClose(): void;
}

/** Asks before a plan is ended: it cannot be taken up again. */
export function EndPlanDialog({ person, plan, isOpen, onClose }: EndPlanDialogProps) {
  const { end, isPending } = usePlan(person);
  return (
    <Dialog title={`End the plan of ${person.displayName}?`} role="alertdialog" isOpen={isOpen} onOpenChange={onClose}>
      <p className="text-muted wrap-anywhere">
        {plan.planName} is over at once, and {plan.renews ? "is not renewed on" : "does not run until"}{" "}
        <LocalTime instant={plan.expiresAt} look="date" />. This cannot be taken back, but a new plan can be granted.
      </p>
      <DialogActions>
        <Button tone="quiet" isDisabled={isPending} onPress={onClose}>
          Cancel
        </Button>
        <Button
          tone="danger"
          isPending={isPending}
          onPress={() => void end().then(({ isDone }) => isDone && onClose())}
        >
          {isPending ? "Ending the plan…" : "End the plan"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
