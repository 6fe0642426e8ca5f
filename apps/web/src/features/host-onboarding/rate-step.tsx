"use client";
import { trpc } from "@/trpc/react";
import type { StepId } from "./journey";
import { RateInputs } from "./rate-inputs";
import { RatePreview } from "./rate-preview";
import { StepBar } from "./step-bar";
import { centsAsTyped, readTypedRate } from "./typed-rate";
import { useStepForm } from "./use-step-form";

export interface RateStepProps {
  /** As it was planned before; null where it was not. */
  ratePerMinuteCents: number | null;
  windowSizeMinutes: number | null;
  next: StepId;
}

/** A beginning that is easy to change. */
const usual = { ratePerMinuteCents: 250, windowSizeMinutes: 15 };

/** The rate and window to begin with, and what they come to for a caller. Kept with the account, seen by nobody else. */
export function RateStep({ ratePerMinuteCents, windowSizeMinutes, next }: RateStepProps) {
  const plan = trpc.hostOnboarding.planRate.useMutation();
  const { form, control, isDirty, isPending, submit } = useStepForm({
    schema: () => import("./rate-fields").then(({ rateFields }) => rateFields),
    values: {
      ratePerMinuteCents: centsAsTyped(ratePerMinuteCents ?? usual.ratePerMinuteCents),
      windowSizeMinutes: String(windowSizeMinutes ?? usual.windowSizeMinutes),
    },
    save: (typed) => plan.mutateAsync(typed),
    done: "Saved.",
    next,
  });
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <RateInputs control={control} />
      <RatePreview {...readTypedRate(form.watch())} />
      <StepBar isPending={isPending} isDirty={isDirty} />
    </form>
  );
}
