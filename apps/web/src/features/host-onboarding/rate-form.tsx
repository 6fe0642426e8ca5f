"use client";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { trpc } from "@/trpc/react";
import { RateInputs } from "./rate-inputs";
import { RatePreview } from "./rate-preview";
import { centsAsTyped, readTypedRate } from "./typed-rate";

/** A host's rate and window, with what they come to for a caller. */
export function RateForm(rate: { ratePerMinuteCents: number; windowSizeMinutes: number }) {
  const setRate = trpc.hostOnboarding.setRate.useMutation();
  const setWindow = trpc.hostOnboarding.setWindow.useMutation();
  const { form, control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: () => import("./rate-fields").then(({ rateFields }) => rateFields),
    values: {
      ratePerMinuteCents: centsAsTyped(rate.ratePerMinuteCents),
      windowSizeMinutes: String(rate.windowSizeMinutes),
    },
    save: async ({ ratePerMinuteCents, windowSizeMinutes }, changed) => {
      if (changed.has("ratePerMinuteCents")) await setRate.mutateAsync({ ratePerMinuteCents });
      if (changed.has("windowSizeMinutes")) await setWindow.mutateAsync({ windowSizeMinutes });
    },
    done: "Rate saved.",
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <RateInputs control={control} />
      <RatePreview {...readTypedRate(form.watch())} />
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} />
    </form>
  );
}
