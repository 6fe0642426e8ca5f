"use client";
import type { PlanOffer, PlanOfPerson } from "@parley/api/schema/subscription";
import { type FieldPath, useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { checkedBy } from "@/components/checked-by";
import { Dialog, DialogActions } from "@/components/dialog";
import { FormField } from "@/components/form-field";
import { planFields, type TypedPlan } from "./plan-fields";
import { PlanTerm } from "./plan-term";
import { usePlan } from "./use-plan";

export interface GrantDialogProps {
  person: { id: string; displayName: string };
  /** What they have, or had last. */
  plan: PlanOfPerson | undefined;
  /** That plan, where it would end. */
  inForce: PlanOfPerson | undefined;
  known: readonly PlanOffer[];
  onClose(): void;
}

/** Asks what to grant. Loaded when it is first asked for, since few who look for people grant anything. */
export function GrantDialog({ person, plan, inForce, known, onClose }: GrantDialogProps) {
  const { grant, isPending } = usePlan(person);
  const { control, handleSubmit, setError, reset, setFocus, watch } = useForm<TypedPlan, unknown, PlanOffer>({
    resolver: checkedBy<TypedPlan, PlanOffer>(async () => planFields),
    defaultValues: plan === undefined ? { planName: "", termMonths: "1", maxDevices: "" } : asTyped(plan),
  });
  const submit = handleSubmit(
    async (offer) => {
      const { isDone, fields = {} } = await grant(offer);
      if (isDone) return onClose();
      Object.entries(fields).forEach(([name, message], index) => {
        if (name in planFields.shape) {
          setError(name as FieldPath<TypedPlan>, { type: "server", message }, { shouldFocus: index === 0 });
        } else toast.error(message);
      });
    },
    ({ root }) => root?.message && toast.error(root.message),
  );
  return (
    <Dialog
      title={inForce ? `Another plan for ${person.displayName}` : `A plan for ${person.displayName}`}
      isDismissable={false}
      isOpen
      onOpenChange={onClose}
    >
      {inForce && (
        <Callout>
          <p className="wrap-anywhere">{inForce.planName} ends at once, and what you grant begins in its place.</p>
        </Callout>
      )}
      <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
        <div className="space-y-3">
          <FormField control={control} name="planName" label="Plan" autoComplete="off" maxLength={80} isRequired />
          {known.length > 0 && (
            <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
              <legend className="mb-2 text-sm text-muted">Granted before</legend>
              {known.map((offer) => (
                <Button
                  key={offer.planName}
                  size="small"
                  className="max-w-full"
                  onPress={() => {
                    reset(asTyped(offer));
                    setFocus("planName");
                  }}
                >
                  <span className="truncate">{offer.planName}</span>
                </Button>
              ))}
            </fieldset>
          )}
        </div>
        <div className="grid grid-cols-2 gap-4">
          <FormField
            control={control}
            name="termMonths"
            label="Months"
            inputMode="numeric"
            autoComplete="off"
            maxLength={3}
            isRequired
          />
          <FormField
            control={control}
            name="maxDevices"
            label="Devices"
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            isRequired
          />
        </div>
        <PlanTerm typedMonths={watch("termMonths")} />
        <DialogActions>
          <Button tone="quiet" isDisabled={isPending} onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" tone="primary" isPending={isPending}>
            {isPending ? "Granting…" : "Grant"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function asTyped({ planName, termMonths, maxDevices }: PlanOffer): TypedPlan {
  return { planName, termMonths: String(termMonths), maxDevices: String(maxDevices) };
}
